"""From verdicts to words: the JSON form, the screens, the feedback. Words are chosen here and nowhere before."""
