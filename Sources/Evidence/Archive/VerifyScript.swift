/// `verify.sh`, which lies beside the months: what an auditor runs who trusts nothing of ours. It makes the checks of
/// `ArchiveVerifier` with bash, coreutils, findutils, `openssl` and `jq`, under the same names and in the same words;
/// `ForgeryTests` holds the two against one another. People read and change `scripts/verify.sh`; this is its copy.
public enum VerifyScript {
    public static let name = "verify.sh"
    public static let text = questions + judgement
}
