"""The parts that synthetic people are made of."""
