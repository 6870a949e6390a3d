import Testing
import WireFormats

@Suite struct HTMLTextTests {
    @Test func escapesWhatEndsTextOrAttribute() {
        #expect(
            HTMLText.escape("<a href='x' id=\"y\">&amp;é</a>")
                == "&lt;a href=&#39;x&#39; id=&quot;y&quot;&gt;&amp;amp;é&lt;/a&gt;")
    }

    // A combining mark joins the bracket to one Character; octets are what a browser reads.
    @Test func seesBracketsThatCarryCombiningMarks() {
        #expect(HTMLText.escape("<\u{301}b>\u{301}").utf8.elementsEqual("&lt;\u{301}b&gt;\u{301}".utf8))
    }
}
