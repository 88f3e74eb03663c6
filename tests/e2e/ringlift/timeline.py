"""A call as people can read it: one line a moment, one column a witness."""


class Timeline:
    """Collects moments of several witnesses and prints them in order, in milliseconds from the first."""

    def __init__(self, witnesses):
        self._witnesses = list(witnesses)
        self._moments = []

    def add(self, t_us, witness, text):
        self._moments.append((t_us, self._witnesses.index(witness), text))

    def lines(self):
        if not self._moments:
            return []
        moments = sorted(self._moments)
        start = moments[0][0]
        widths = [max([len(name)] + [len(text) for _, column, text in moments if column == index])
                  for index, name in enumerate(self._witnesses)]
        rows = ["      ms  " + "  ".join(name.ljust(width) for name, width in zip(self._witnesses, widths))]
        for t_us, column, text in moments:
            cells = [(text if index == column else "").ljust(width) for index, width in enumerate(widths)]
            rows.append(f"{(t_us - start) / 1000:8.1f}  " + "  ".join(cells))
        return [row.rstrip() for row in rows]
