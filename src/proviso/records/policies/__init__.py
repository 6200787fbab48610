"""A policy's life: versions, approval, adoption, reading and signing, and the tasks that its duties make."""
