using CsCheck;

namespace Standstill.Protocol.Tests.Pacts;

/// <summary>Texts that were good once: cut, doubled, and strewn with pieces of the language and of anything else.</summary>
internal static class Mutations
{
    private static readonly string[] Pieces =
    [
        "", "", "", " ", "\n", "\r\n", "\t", "#", "\"", ",", "(", ")", "%", "0", "1", "100", "99999999999999999999", "1e26", "-1", "2.5", "all", "of", "at", "least",
        "always", "and", "or", "world", "accounted", "compute", "parties", "jurisdictions", "pact", "staying", "slowed", "by", "with", "assurance", "confidence",
        "stop", "slow", "when", "stop when always\n", "slow by 50% when ", "a", "labs", "A", "not", "at most", "é", "\u2028", "\ud800", "\0", "days", "cure", "release by",
        "owe heartbeat every 1 day\n", "lift to 50% after 1 day\n", "seal with 1 of a\n", "every", "within", "members", "FLOP",
    ];

    public static Gen<string> Of(string[] good) =>
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Select(Gen.Double[0, 1], Gen.Int[0, 12], Gen.Int[0, Pieces.Length - 1]).Array[0, 5]).Select((which, edits) =>
            edits.Aggregate(good[which], (text, edit) =>
            {
                (double where, int cut, int piece) = edit;
                int at = (int)(where * text.Length);
                return text[..at] + Pieces[piece] + text[Math.Min(text.Length, at + cut)..];
            }));
}
