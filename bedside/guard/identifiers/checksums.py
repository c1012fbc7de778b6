"""Checksums of identity numbers. Each function takes the digits or letters without separators."""

from string import ascii_uppercase, digits


def luhn(number: str) -> bool:
    """Payment cards and others: ISO/IEC 7812-1."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def iban(number: str) -> bool:
    """International bank account number: ISO 13616, remainder 1 by 97."""
    number = number.upper()
    if not (15 <= len(number) <= 34 and number[:2].isalpha() and number[2:4].isdigit()):
        return False
    turned = number[4:] + number[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def ahv(number: str) -> bool:
    """Swiss AHV/AVS number, 13 digits beginning with 756: EAN-13."""
    weights = [1, 3] * 6
    total = sum(int(d) * w for d, w in zip(number[:12], weights, strict=True))
    return number.startswith("756") and (10 - total % 10) % 10 == int(number[12])


def nhs(number: str) -> bool:
    """NHS number of England, ten digits: weights 10 to 2, remainder by 11."""
    total = sum(int(d) * w for d, w in zip(number[:9], range(10, 1, -1), strict=True))
    check = (11 - total % 11) % 11
    return check != 10 and check == int(number[9]) and len(set(number)) > 1


def steuer_id(number: str) -> bool:
    """German tax identification number, eleven digits, one of the first ten twice or thrice: ISO 7064 MOD 11,10."""
    if not 8 <= len(set(number[:10])) <= 9:
        return False
    product = 10
    for digit in number[:10]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return number[0] != "0" and (11 - product) % 10 == int(number[10])


def nir(number: str) -> bool:
    """French social security number with key, 15 characters (2A and 2B for Corsica): remainder by 97."""
    body = number[:13].upper().replace("2A", "19").replace("2B", "18")
    return body.isdigit() and 97 - int(body) % 97 == int(number[13:15])


def dni(number: str) -> bool:
    """Spanish DNI or NIE: eight digits and a letter; X, Y, Z stand for 0, 1, 2 at the start of a NIE."""
    number = number.upper()
    body = number[:-1]
    if body[0] in "XYZ":
        body = str("XYZ".index(body[0])) + body[1:]
    return body.isdigit() and "TRWAGMYFPDXBNJZSQVHLCKE"[int(body) % 23] == number[-1]


ODD_VALUES = "1 0 5 7 9 13 15 17 19 21 1 0 5 7 9 13 15 17 19 21 2 4 18 20 11 3 6 8 12 14 16 10 22 25 24 23"
ODD = dict(zip(digits + ascii_uppercase, map(int, ODD_VALUES.split()), strict=True))


def codice_fiscale(code: str) -> bool:
    """Italian tax code, 16 characters: sum over odd and even places by 26."""
    code = code.upper()
    total = sum(
        ODD[c] if place % 2 == 0 else (int(c) if c.isdigit() else ord(c) - 65) for place, c in enumerate(code[:15])
    )
    return chr(65 + total % 26) == code[15]


def kvnr(number: str) -> bool:
    """German health insurance number, a letter and nine digits: the letter as two digits, weights 1 and 2, by 10."""
    figures = f"{ord(number[0].upper()) - 64:02}{number[1:9]}"
    weighed = (int(d) * (2 if place % 2 else 1) for place, d in enumerate(figures))
    return sum(w // 10 + w % 10 for w in weighed) % 10 == int(number[9])


def vsnr(number: str) -> bool:
    """German pension insurance number, eight digits, a letter, three digits: weighted sums of digits by 10."""
    figures = f"{number[:8]}{ord(number[8].upper()) - 64:02}{number[9:11]}"
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    weighed = (int(d) * w for d, w in zip(figures, weights, strict=True))
    return sum(w // 10 + w % 10 for w in weighed) % 10 == int(number[11])


def svnr(number: str) -> bool:
    """Austrian social insurance number, ten digits, the fourth the check, the last six the birthday: remainder by 11."""
    weights = (3, 7, 9, 0, 5, 8, 4, 2, 1, 6)
    total = sum(int(d) * w for d, w in zip(number, weights, strict=True))
    day, month = int(number[4:6]), int(number[6:8])
    return number[0] != "0" and total % 11 == int(number[3]) and 1 <= day <= 31 and 1 <= month <= 15


def nuss(number: str) -> bool:
    """Spanish social security number, twelve digits: the first ten by 97; a short second part loses its zeros."""
    province, serial, check = number[:2], number[2:10], number[10:]
    joined = province + serial if int(serial) >= 10_000_000 else str(int(province) * 10_000_000 + int(serial))
    return int(joined) % 97 == int(check)


def gtin(number: str) -> bool:
    """Trade number of a device, 14 digits, in a UDI: GS1 weights 3 and 1, by 10."""
    return sum(int(d) * (1 if place % 2 else 3) for place, d in enumerate(number)) % 10 == 0


VIN_LETTERS = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def vin(number: str) -> bool:
    """Vehicle identification number, 17 characters, its ninth the check as North America asks: remainder by 11."""
    values = (VIN_LETTERS.get(c, 0) if c.isalpha() else int(c) for c in number.upper())
    total = sum(value * weight for value, weight in zip(values, VIN_WEIGHTS, strict=True)) % 11
    return number[8].upper() == ("X" if total == 10 else str(total))


def dea(number: str) -> bool:
    """Certificate number of the United States Drug Enforcement Administration, two letters and seven digits."""
    figures = [int(d) for d in number[2:]]
    return (figures[0] + figures[2] + figures[4] + 2 * (figures[1] + figures[3] + figures[5])) % 10 == figures[6]
