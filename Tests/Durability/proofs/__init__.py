"""The proofs that the durable session stores lose nothing; `../run` runs them."""
