"""What postil keeps, and what it knows about a text: the library, its entities, its exchange.

Nothing happens at import: no engine, folder or model is made by importing a module of this package.
"""
