import Evidence
import FinOps
import Foundation
import Testing

@testable import ApprovalPage

@Suite("Who is let in")
struct PageDoorTests {
    let door = PageDoor(host: "127.0.0.1:4321", randomness: SystemRandomness())

    private func request(
        _ method: String = "GET", _ path: String, changing headers: [String: String?] = [:]
    ) -> PageRequest {
        var all = [
            "host": "127.0.0.1:4321", "cookie": "\(PageDoor.cookieName)=\(door.cookie)",
            "origin": "http://127.0.0.1:4321",
            "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded",
        ]
        for (name, value) in headers { all[name] = value }
        return PageRequest(method: method, path: path, headers: all, body: Data())
    }

    private func status(_ visit: PageDoor.Visit) -> Int {
        if case .refused(let status, _) = visit { return status }
        return 200
    }

    @Test func `the page, its reports and its form are found behind a path nobody can guess`() {
        #expect(door.visit(request("GET", "/open/\(door.secret)", changing: ["cookie": nil])) == .open)
        #expect(door.visit(request("GET", "/\(door.room)/")) == .page)
        #expect(door.visit(request("GET", "/\(door.room)/reports/cfo.html")) == .report("cfo.html"))
        #expect(door.visit(request("POST", "/\(door.room)/decision")) == .decision)
        #expect(Set([door.secret, door.room, door.cookie, door.formToken]).count == 4)
        #expect(door.secret.count == 64)
    }

    @Test func `no decision is made by reading, whatever is read`() {
        for path in ["/open/\(door.secret)", "/\(door.room)/decision"] {
            for method in ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"] {
                #expect(status(door.visit(request(method, path))) == 405)
            }
        }
        #expect(status(door.visit(request("GET", "/\(door.room)/decision"))) == 405)
        #expect(status(door.visit(request("POST", "/open/\(door.secret)"))) == 405)
    }

    @Test(
        arguments: [
            ["host": "evil.example:4321"], ["host": "localhost:4321"], ["host": "127.0.0.1"], ["host": "127.0.0.1:80"],
            ["host": nil], ["host": "127.0.0.1:4321.evil.example"],
        ] as [[String: String?]])
    func `a page of another name that was pointed here finds nothing`(headers: [String: String?]) {
        for path in ["/open/\(door.secret)", "/\(door.room)/"] {
            #expect(status(door.visit(request("GET", path, changing: headers))) == 421)
        }
        #expect(status(door.visit(request("POST", "/\(door.room)/decision", changing: headers))) == 421)
    }

    @Test(
        arguments: [
            ["origin": "http://evil.example"], ["origin": "null"], ["origin": nil], ["origin": "http://127.0.0.1:9999"],
            ["origin": "https://127.0.0.1:4321"], ["sec-fetch-site": "cross-site"], ["sec-fetch-site": "same-site"],
            ["sec-fetch-site": "none"],
        ] as [[String: String?]])
    func `a decision that another page sends is not taken`(headers: [String: String?]) {
        #expect(status(door.visit(request("POST", "/\(door.room)/decision", changing: headers))) == 403)
    }

    @Test(arguments: ["text/plain", "application/json", "multipart/form-data; boundary=x", nil])
    func `what no form of ours sends is not taken`(type: String?) {
        #expect(
            status(door.visit(request("POST", "/\(door.room)/decision", changing: ["content-type": type]))) == 415)
    }

    @Test func `both the cookie and the path are needed`() {
        let others: [String?] = [
            nil, "", "\(PageDoor.cookieName)=", "\(PageDoor.cookieName)=\(door.room)", "x=\(door.cookie)", door.cookie,
        ]
        for cookie in others {
            #expect(status(door.visit(request("GET", "/\(door.room)/", changing: ["cookie": cookie]))) == 403)
        }
        let among = "a=b; \(PageDoor.cookieName)=\(door.cookie); c=d"
        #expect(door.visit(request("GET", "/\(door.room)/", changing: ["cookie": among])) == .page)
        for path in ["/", "/decision", "/reports/cfo.html", "/\(door.cookie)/", "/\(door.room)", "//", ""] {
            #expect(status(door.visit(request("GET", path))) == 403)
        }
        #expect(status(door.visit(request("GET", "/\(door.room)/elsewhere"))) == 404)
    }
}

@Suite("What the form carries")
struct DecisionFormTests {
    @Test func `fields come as they were typed`() {
        let form = DecisionForm(
            Data(
                "token=t&decision=approved&digest=+AB12cd34+&reviewed=the+total&reviewed=&reviewed=50%25+%26+more&comment=ties%0D%0Aout&passphrase=+a%2Bb+"
                    .utf8))
        #expect(form.decision == .approved)
        #expect(form.digest == "ab12cd34")
        #expect(form.reviewed == ["the total", "50% & more"])
        #expect(form.comment == "ties out")
        #expect(form.passphrase == " a+b ")
    }

    @Test(arguments: ["", "decision=", "decision=yes", "decision=delegated", "&&&", "=", "%", "decision=%zz"])
    func `what is no decision is none`(body: String) { #expect(DecisionForm(Data(body.utf8)).decision == nil) }
}
