"""The laws, rulings and advice that the rules cite, each with the day it was read."""

from bedside.guard.rule import Source

READ = "2026-11-21"

AMA = Source(
    "American Medical Association: Are physicians prohibited from responding to online patient reviews?",
    "HIPAA Privacy Rule, 45 CFR 160.103 and 164.502(a)",
    "https://www.ama-assn.org/practice-management/sustainability/are-physicians-prohibited-responding-online-patient-reviews",
    READ,
)
HIPAA_IDENTITY = Source(
    "HIPAA Privacy Rule",
    "45 CFR 160.103: identifying somebody as your patient is itself protected health information",
    "https://blog.floridadental.org/2024/05/09/your-response-to-a-negative-patient-review-could-be-a-hipaa-violation",
    READ,
)
HIPAA_IDENTIFIERS = Source(
    "HIPAA Privacy Rule",
    "45 CFR 164.514(b)(2)(i), the 18 identifiers",
    "http://www.hipaa.ohio.gov/privacyrule/sec3c.htm",
    READ,
)
IGBINADOLOR = Source(
    "HHS Office for Civil Rights, Dr. U. Phillip Igbinadolor DMD, announced 28 March 2022",
    "45 CFR 164.502(a)",
    "https://byrdadatto.com/banter/50k-is-one-reason-to-resist-the-impulse-to-tell-your-side-of-the-story-on-google/",
    READ,
)
NEW_VISION = Source(
    "HHS Office for Civil Rights, New Vision Dental, 14 December 2022",
    "45 CFR 164.502(a)",
    "https://www.hhs.gov/about/news/2022/12/14/hhs-civil-rights-office-enters-settlement-with-dental-practice-over-disclosures-of-patients-protected-health-information.html",
    READ,
)
ELITE = Source(
    "HHS Office for Civil Rights, Elite Dental Associates, 2 October 2019",
    "45 CFR 164.502(a)",
    "https://www.lexology.com/library/detail.aspx?g=af58fa81-69f7-4152-8ef6-12e41bc6bd5c",
    READ,
)
MANASA = Source(
    "HHS Office for Civil Rights, Manasa Health Center, 5 June 2023",
    "45 CFR 164.502(a), 164.530(i)",
    "https://healthcarefacilitiestoday.com/posts/Manasa-Health-Center-Fined-30000-Over-Disclosing-Patient-Information-Online--28695",
    READ,
)
CADIA = Source(
    "HHS Office for Civil Rights, Cadia Healthcare Facilities, 30 September 2025",
    "45 CFR 164.508",
    "https://www.mondaq.com/unitedstates/healthcare/1688558/",
    READ,
)
PROPUBLICA = Source(
    "ProPublica and Yelp, 2016, reported by AllGov",
    "doctors' replies that disclose",
    "http://www.allgov.com/news/controversies/doctors-respond-to-patients-negative-yelp-reviews-by-posting-rebuttals-that-violate-patient-privacy-160602?news=858913",
    READ,
)
VELOCE = Source(
    "Veloce Solutions: How to use review replies safely in healthcare",
    "strict word list",
    "https://velocesolutions.freshdesk.com/support/solutions/articles/150000213437-how-to-use-manage-ai-review-replies-safely-in-healthcare-hipaa-aware-",
    READ,
)
DSB = Source(
    "Datenschutzbehörde (AT) D550.747, 29 June 2023",
    "GDPR Art. 9",
    "https://www.geuer.at/2023/11/28/negative-google-rezension-reagieren/",
    READ,
)
BVWG = Source(
    "Bundesverwaltungsgericht (AT) W291 2298821-1, 5 February 2025",
    "GDPR Art. 5(1)(c), 9(2)(e)",
    "https://atb.law/blog-post/datenschutzverstoesse-durch-google-rezensionen-aktuelle-gerichtsentscheidung",
    READ,
)
STGB_DE = Source(
    "Strafgesetzbuch (DE)",
    "§ 203",
    "https://www.lhr-law.de/magazine-en/competition-law-antitrust-law/arzt-bewertung-google-schweigepflicht/amp",
    READ,
)
SECRECY_CH = Source(
    "Datenschutzgesetz and Strafgesetzbuch (CH)",
    "Art. 62 DSG, Art. 321 StGB",
    "https://onlinekommentar.ch/de/kommentare/dsg62",
    READ,
)
AEPD = Source(
    "Agencia Española de Protección de Datos EXP202206316, 26 October 2023",
    "GDPR Art. 5(1)(f), 32",
    "https://prodat.es/blog/multa-por-uso-indebido-de-datos-personales-al-vengarse-por-una-mala-resena",
    READ,
)
GDPR = Source(
    "General Data Protection Regulation",
    "Art. 9(1)",
    "https://gdprhub.eu/index.php?title=Article_9_GDPR&curid=114&oldid=28253",
    READ,
)
FTC_REVIEWS = Source(
    "16 CFR Part 465, Trade Regulation Rule on the Use of Consumer Reviews and Testimonials",
    "§ 465.4, 465.7",
    "https://govinfo.gov/content/pkg/FR-2024-08-22/html/2024-18519.htm",
    READ,
)
FTC_GATING = Source(
    "FTC Act",
    "§ 5; Fashion Nova, January 2022",
    "https://ftc.gov/business-guidance/resources/consumer-reviews-testimonials-rule-questions-answers",
    READ,
)
CRFA = Source(
    "Consumer Review Fairness Act",
    "15 U.S.C. 45b",
    "https://www.worldservicesgroup.com/publications.asp?action=article&artid=8436",
    READ,
)
GOOGLE_REVIEWS = Source(
    "Google Maps policy on fake engagement",
    "April 2026",
    "https://web.swipeinsight.app/posts/google-updates-maps-policy-on-fake-engagement-to-ensure-genuine-user-contributions-7539",
    READ,
)
VANGUARD = Source(
    "Vanguard Communications: social media tips",
    "no individual medical advice",
    "https://vanguardcommunications.net/client-manual/social-media-tips",
    READ,
)
YELP = Source(
    "Yelp: Respond to reviews API", "no emoji", "https://docs.developer.yelp.com/docs/respond-to-reviews-api-v2", READ
)
HWG = Source(
    "Heilmittelwerbegesetz (DE)",
    "§ 3, § 11(1), § 12; BGH I ZR 170/24, 31 July 2025",
    "https://www.otto-schmidt.de/news/wirtschaftsrecht/keine-werbung-mit-vorher-nachher-bildern-fur-nasen-oder-kinnkorrektur-durch-unterspritzen-mit-hyaluron-2025-07-31.html",
    READ,
)
HWG_OVERVIEW = Source(
    "Heilmittelwerbegesetz (DE)", "§ 10, § 11", "https://heilmittelwerberecht.net/verfahren-und-behandlungen", READ
)
RD_1907 = Source(
    "Real Decreto 1907/1996 (ES)", "Art. 4", "http://homicidiodeunenfermo.org/legislacion-en-espana/", READ
)
MEDBG = Source(
    "Medizinalberufegesetz (CH)",
    "Art. 40 lit. d",
    "https://rosenfluh.ch/dermatologie-aesthetische-medizin-2019-02/werberecht",
    READ,
)
FTC_HEALTH = Source(
    "FTC Consumer Reviews and Testimonials Rule, questions and answers",
    "16 CFR Part 465",
    "https://ftc.gov/business-guidance/resources/consumer-reviews-testimonials-rule-questions-answers",
    READ,
)
GOOGLE_POST = Source(
    "Google Business Profile posts",
    "no phone number",
    "https://docs.ayrshare.com/rest-api/endpoints/post/google-business-profile",
    READ,
)
GOOGLE_ADS = Source(
    "Google Ads: health in personalised advertising",
    "",
    "https://revkey.com/blog/health-in-personalized-advertising",
    READ,
)
META_ADS = Source(
    "Meta: health and wellness data restrictions",
    "January 2025",
    "https://tealium.com/blog/customer-experience/metas-new-data-sharing-restrictions-and-what-it-means-to-healthcare-marketing",
    READ,
)
REQUESTS = Source(
    "Accountable: how to request and respond to patient reviews",
    "",
    "https://www.accountablehq.com/post/patient-reviews-and-hipaa-how-to-request-respond-and-stay-compliant",
    READ,
)
HASHTAGS = Source(
    "Requirements to publish images and videos to Instagram",
    "hashtags",
    "https://docs.contentstudio.io/article/830-what-are-the-requirements-to-directly-publish-images-and-videos-to-instagram",
    READ,
)
REPLY_GUIDE = Source(
    "ReplyChair: respond to negative reviews",
    "",
    "https://replychair.com/guides/respond-to-negative-reviews.html",
    READ,
)
ACCOUNTABLE = REQUESTS
MMS = Source(
    "Massachusetts Medical Society: social media guidelines for physicians",
    "",
    "https://www.massmed.org/Practice-Support/Legal-and-Regulatory/Social-Media-Guidelines-for-Physicians",
    READ,
)
EU_DISCLOSURE = (AMA, HIPAA_IDENTITY, STGB_DE, SECRECY_CH, AEPD)
BAYLDA = Source(
    "Bayerisches Landesamt für Datenschutzaufsicht: replies to reviews",
    "GDPR Art. 9(2)(e): what the reviewer made public, and nothing more",
    "https://datenschutz-agentur.de/blog/google-bewertungen-im-gesundheitsbereich/",
    READ,
)
AESTHETICS_AT = Source(
    "Bundesgesetz über ästhetische Operationen and Ärztegesetz (AT)",
    "§ 8 ÄsthOpG, § 53 ÄrzteG",
    "https://360.lexisnexis.at/d/rechtsnorm-ris/asthopg_8/L-20007939-P8",
    "2026-11-22",
)
SECRECY_FR = Source(
    "Code de la santé publique (FR), professional secrecy",
    "Art. R. 4127-4",
    "http://www.conseil21.ordre.medecin.fr/content/secret-medical-9",
    "2026-11-22",
)
CSP = Source(
    "Code de la santé publique (FR), decree 2020-1662 of 22 December 2020",
    "Art. R. 4127-19-1",
    "https://www.ginestie.com/publicite-et-information-du-public/",
    "2026-11-22",
)
CHAMBER_FR = Source(
    "Code de la santé publique (FR), as the professional orders apply it",
    "Art. R. 4127-19, R. 4127-19-1",
    "https://avocats24-fr.com/questions/la-publicite-pour-la-chirurgie-esthetique",
    "2026-11-22",
)
PENAL_CODE_IT = Source(
    "Codice penale (IT), disclosure of a professional secret",
    "Art. 622",
    "https://www.vademedicum.it/segreto-professionale-del-medico-e-codice-penale/",
    "2026-11-22",
)
HEALTH_NEWS_IT = Source(
    "Legge 30 December 2018 n. 145 (IT), as changed by D.L. 69/2023",
    "Art. 1, comma 525",
    "https://www.studiolegaledelliponti.eu/pubblicita-delle-strutture-sanitarie-private-le-novita-del-2023/",
    "2026-11-22",
)
FLORIDA = Source(
    "Florida Dental Association: your response to a negative patient review",
    "9 May 2024",
    "https://blog.floridadental.org/2024/05/09/your-response-to-a-negative-patient-review-could-be-a-hipaa-violation",
    READ,
)
EYECARE = Source(
    "EyeCarePro: HIPAA compliance, how to respond to reviews",
    "30 August 2016",
    "https://hubspot.eyecarepro.net/blog/hipaa-compliance-part-2-how-to-respond-to-reviews",
    "2026-11-22",
)
HETHCOAT = Source(
    "G. O. Hethcoat: sample reply, quoted by Paubox",
    "feedback about the patient experience",
    "https://www.paubox.com/blog/strategies-for-responding-to-reviews",
    "2026-11-22",
)
