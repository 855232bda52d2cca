class Cleaner:
    def handler(self, event, context):
        return event


rows = dict(handler=Cleaner)
