"""What identifies a person: the 18 identifiers of 45 CFR 164.514(b)(2)(i) and their European kin. `find` gives all of it.

| Identifier | Where |
|---|---|
| 1 names | `tagger` and `lists`; in a reply also `guard.naming` |
| 2 places smaller than a state | `places` (streets, post boxes), `tagger` (towns, post codes) |
| 3 dates, ages over 89 | `dates`, births in `numbers` |
| 4-6 phone, fax, mail | `contacts`, with the numbering plans of `phones` |
| 7-11 social security, record, insurance, account, certificate and licence numbers | `numbers`, with `checksums` |
| 12-13 vehicles, devices | `numbers` |
| 14-15 links, network addresses | `contacts`, `numbers` |
| 16-17 biometrics, photographs | not text: `guard.media` |
| 18 any other number or code | `numbers` where it has a label, `tagger` |
"""

from bedside.guard.identifiers.finding import find
from bedside.guard.identifiers.found import Found

__all__ = ["Found", "find"]
