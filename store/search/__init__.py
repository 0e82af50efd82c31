"""Search: what is asked (`query`), where its words stand in a text (`words`), and what the library finds (`finder`)."""
