"""Count the faces in a picture with the detector that OpenCV ships; loaded only when a picture is looked at."""

SMALLEST = 0.04  # of the shorter side of the picture
LONGEST_SIDE = 1600  # pixels; a larger picture is made smaller first
LEAST = 24  # pixels that the detector needs
AGREEING = 5  # neighbouring windows that must agree on a face
STEP = 1.1  # how much larger the next window is


def count_faces(content: bytes) -> int | None:
    """Return how many frontal faces there are; None without the `vision` extra or when OpenCV cannot read the picture.

    Faces in profile, covered or very small are missed, and a pattern may be taken for a face.
    """
    try:
        import cv2  # type: ignore[import-not-found, unused-ignore]
        import numpy
        from cv2.data import haarcascades  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return None
    if not hasattr(cv2, "CascadeClassifier"):
        return None  # OpenCV 5 has no detector inside
    grey = cv2.imdecode(numpy.frombuffer(content, numpy.uint8), cv2.IMREAD_GRAYSCALE) if content else None
    if grey is None:
        return None
    scale = LONGEST_SIDE / max(grey.shape)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    detector = cv2.CascadeClassifier(haarcascades + "haarcascade_frontalface_default.xml")
    least = max(LEAST, int(min(grey.shape) * SMALLEST))
    return len(detector.detectMultiScale(grey, scaleFactor=STEP, minNeighbors=AGREEING, minSize=(least, least)))
