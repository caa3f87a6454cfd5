"""A small register for tests: a few of each kind, with the shared and the ordinary names that make trouble."""

from kb.importing.register import Entry, Register


def small_register() -> Register:
    return Register(
        (
            Entry("Reuters", "news_agency", (("Reuters", "hashtag"), ("reuters.com", "domain"))),
            Entry("Agence France-Presse", "news_agency", (("AFP", "short"),)),
            Entry("Associated Press", "news_agency", (("The Associated Press", "full"), ("AP", "short"))),
            Entry("CNN", "broadcaster", (("CNN", "hashtag"), ("cnn.com", "domain"))),
            Entry("BBC", "broadcaster", (("BBC News", "full"), ("BBCNews", "hashtag"))),
            Entry("The Guardian", "newspaper", (("Guardian", "short"), ("TheGuardian", "hashtag"))),
            Entry("Le Monde", "newspaper", ()),
            Entry("The Washington Post", "newspaper", (("The Post", "short"),)),
            Entry("New York Post", "newspaper", (("The Post", "short"),)),
            Entry("The Independent", "newspaper", (("Independent", "short"),)),
            Entry("The Economist", "magazine", (("Economist", "short"),)),
            Entry("Time", "magazine", (("TIME", "hashtag"),)),
            Entry("Nature", "magazine", ()),
            Entry("Council on Foreign Relations", "think_tank", (("CFR", "short"),)),
            Entry("Stimson Center", "think_tank", (("The Stimson Center", "full"),)),
            Entry("International Atomic Energy Agency", "international_organisation", (("IAEA", "short"),)),
            Entry("World Health Organization", "international_organisation", (("WHO", "short"),)),
            Entry("International Monetary Fund", "international_organisation", (("IMF", "short"),)),
            Entry("Moody's", "news_agency", ()),
        )
    )
