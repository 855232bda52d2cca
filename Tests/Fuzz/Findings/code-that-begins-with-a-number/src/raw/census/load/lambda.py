1e400 handler(event, context): pass
