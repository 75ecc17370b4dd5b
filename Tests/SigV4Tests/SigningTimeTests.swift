import SigV4
import Testing

@Suite struct SigningTimeTests {
    @Test(arguments: [
        (0, "19700101T000000Z"), (1_440_938_160, "20150830T123600Z"), (951_782_399, "20000228T235959Z"),
        (951_782_400, "20000229T000000Z"), (4_107_542_400, "21000301T000000Z"),
    ])
    func `a moment is printed and read back`(seconds: Int, text: String) {
        #expect(SigningTime(secondsSinceEpoch: seconds).description == text)
        #expect(SigningTime(text)?.secondsSinceEpoch == seconds)
    }

    @Test(arguments: [
        "20150830T123600", "20150231T000000Z", "20150830T253600Z", "2015-08-30T1236Z", "20151330T000000Z",
    ])
    func `what is no moment is refused`(text: String) {
        #expect(SigningTime(text) == nil)
    }
}
