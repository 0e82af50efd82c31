"""What postil lays over a pipeline: each layer a pure function over a text and its entities, and a spaCy component.

`factories` registers the components, so that any user of spaCy can `nlp.add_pipe("postil_borders")`. It is the only
module here that imports spaCy.
"""
