"""Values inside an answer: dates, amounts, text."""
