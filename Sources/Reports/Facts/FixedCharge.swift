import FinOps

/// Which charges do not follow the number of days: booked once, or by the month whatever its length.
///
/// Recurring fees of reservations and Savings Plans are not among them although they look it: AWS charges them by the hour,
/// so that a February costs 672 hours of them and a March 744.
enum FixedCharge {
    static func includes(recordType: String) -> Bool {
        switch RecordClass(recordType: recordType) {
        case .support, .tax, .credit, .refund: true
        case .commitmentFee: !recordType.lowercased().contains("recurring") && recordType.lowercased() != "rifee"
        default: false
        }
    }
}
