"""Give the memory of large buffers, such as uploaded photos, back to the system as soon as they are freed."""

import ctypes

M_MMAP_THRESHOLD = -3
"""From malloc.h of glibc."""
LARGE = 256 * 1024


def release_large_buffers() -> bool:
    """Have each buffer of 256 kB or more allocated on its own; return whether the C library could be told so.

    glibc moves this limit up to 32 MB once a large buffer has been freed. Later ones are then pieces of one heap, and a small object
    above them keeps all of it: after uploads that were cut off, hundreds of megabytes.
    """
    try:
        return bool(ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE))
    except (AttributeError, OSError):
        return False
