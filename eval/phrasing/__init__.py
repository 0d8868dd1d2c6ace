"""What a language model may say: hostile replies that must not pass, true ones that must, an endpoint that misbehaves.

The mutations were written before the gate, and those of `held_out` after it; neither knows how the gate decides.
"""
