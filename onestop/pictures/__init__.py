"""Pictures and photos: decoded safely, resized and encoded again."""
