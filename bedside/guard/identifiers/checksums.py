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
    """German tax identification number, eleven digits: ISO 7064 MOD 11,10."""
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


ODD = dict(
    zip(
        digits + ascii_uppercase,
        [
            1,
            0,
            5,
            7,
            9,
            13,
            15,
            17,
            19,
            21,
            1,
            0,
            5,
            7,
            9,
            13,
            15,
            17,
            19,
            21,
            2,
            4,
            18,
            20,
            11,
            3,
            6,
            8,
            12,
            14,
            16,
            10,
            22,
            25,
            24,
            23,
        ],
        strict=True,
    )
)


def codice_fiscale(code: str) -> bool:
    """Italian tax code, 16 characters: sum over odd and even places by 26."""
    code = code.upper()
    total = sum(
        ODD[c] if place % 2 == 0 else (int(c) if c.isdigit() else ord(c) - 65) for place, c in enumerate(code[:15])
    )
    return chr(65 + total % 26) == code[15]
