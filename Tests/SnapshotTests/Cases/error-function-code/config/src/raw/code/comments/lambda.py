# handler = None
