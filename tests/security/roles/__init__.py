"""Who may do what, as people meet it: every role tries everything over the wire of a portal."""
