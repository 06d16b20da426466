"""Speech: the utterances of a screen, their spoken form, engines that record them, and the folder of recordings."""
