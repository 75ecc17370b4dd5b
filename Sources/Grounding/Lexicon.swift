/// Words that claim something about figures. A word that the printed fact itself demands is never refused.
enum Lexicon {
    static let up = words(
        "rose rise rises rising risen grew grow grows growing grown growth increased increase increases increasing climbed "
            + "climb climbs climbing added adds gained gains gain up upward higher more jumped jump surged surge costlier dearer "
            + "expanded soared spiked spike")
    static let down = words(
        "fell fall falls falling fallen dropped drop drops dropping decreased decrease decreases decreasing declined decline "
            + "declines declining shrank shrink shrinks shrinking down downward lower less fewer saved saves saving savings "
            + "reduced reduces reduction cheaper sank slid dipped dip plunged plunge collapsed")
    /// After a placeholder these make a change of it, as `by` does before one.
    static let comparatives = words("more less higher lower up down")

    static let numbers = words(
        "zero nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            + "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand "
            + "thousands million millions billion billions trillion dozen dozens score half halves halved third thirds quarter "
            + "quarters fifth fifths tenth tenths hundredth thousandth first second fourth sixth seventh eighth ninth twice "
            + "thrice double doubled doubles doubling triple tripled triples tripling quadruple quadrupled couple pair "
            + "fraction twofold threefold fourfold fivefold tenfold manifold "
            // The numbers of neighbours, for a writer that changes its language.
            + "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig hundert tausend hälfte "
            + "deux trois quatre cinq sept huit neuf dix onze douze vingt cent cents mille moitié "
            + "uno dos tres cuatro cinco seis siete ocho nueve diez veinte cien mil mitad due tre quattro cinque sei sette otto "
            + "nove dieci venti cento mezzo")

    static let vague = words(
        "most mostly many much few several some various numerous countless nearly almost about around approximately roughly "
            + "circa some lots lot bulk majority minority plenty handful considerable considerably significant significantly "
            + "substantial substantially slight slightly marginal marginally sharp sharply dramatic dramatically huge vast "
            + "large largest larger small smallest smaller big biggest bigger highest lowest least greatest greater top bottom "
            + "main chief leading major minor unchanged stable flat steady constant record always average typical all every "
            + "entire entirely nothing none exactly")

    static let units = words(
        "percent percentage percentages pct permille basis dollar dollars cent cents euro euros pound pounds sterling yen "
            + "franc francs buck bucks grand usd eur gbp nzd aud cad jpy chf cny inr sgd brl sek nok dkk zar k m bn mio mrd"
    )

    /// No fact says why, what would be, or what is not so.
    static let unsupported = words(
        "not no never neither nor without hardly barely cannot can't didn't doesn't isn't wasn't won't don't because due "
            + "caused cause causes owing thanks driven reason reasons therefore hence would could might may should if unless "
            + "perhaps probably likely allegedly instead rather except despite although approve approved approval")

    private static func words(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }

    private static let ordinary = words("mix did dim mild mid vivid civil civic mill ill lid mimic")

    /// `forty-two`, `two-thirds`, `threefold`, `XIV`: a number however it is put together.
    static func isNumber(_ word: String) -> Bool {
        if numbers.contains(word) { return true }
        if word.hasSuffix("fold"), word.count > 4 { return true }
        return word.count >= 2 && word.allSatisfy { "ivxlcdm".contains($0) } && !ordinary.contains(word)
    }
}
