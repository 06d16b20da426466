"""Messages to residents: whom they reach, the queue of those to send, and the codes that confirm an address."""
