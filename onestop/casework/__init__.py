"""Cases, receipts and reference numbers. Pure: no input or output."""
