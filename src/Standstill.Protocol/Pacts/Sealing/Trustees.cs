using System.Collections.Immutable;
using System.Text;

namespace Standstill.Protocol.Pacts.Sealing;

/// <summary>A trustee with the key that shares are encrypted to.</summary>
public sealed record Trustee(PartyId Party, TrusteeKey Key);

/// <summary>Who opens the sealed commitments of a pact, and how many of them it takes. A trustee's share is at the point of its place in
/// the order of names, from 1.</summary>
public sealed class Trustees
{
    /// <summary>The most trustees that a pact has. With more, a bad share could make a recovery try too many sets: of 16 there are at most
    /// 12870 of one size.</summary>
    public const int Most = 16;

    /// <summary>The fewest that it takes to open. With 1, every trustee could read everything alone.</summary>
    public const int LowestThreshold = 2;

    private Trustees(int threshold, ImmutableArray<Trustee> all)
    {
        Threshold = threshold;
        All = all;
    }

    /// <summary>How many it takes.</summary>
    public int Threshold { get; }

    /// <summary>All of them, in the order of names.</summary>
    public ImmutableArray<Trustee> All { get; }

    /// <summary>Checks a set: a threshold from 2 to the number of trustees, at most 16 of them, each party and each key once.</summary>
    public static Parsed<Trustees> Check(int threshold, IEnumerable<Trustee> trustees)
    {
        ImmutableArray<Trustee> all = [.. trustees.OrderBy(t => t.Party)];
        return all.Length > Most || threshold < LowestThreshold || threshold > all.Length
            ? Parsed<Trustees>.Bad("trustees", $"`{threshold}` of {all.Length} trustees cannot hold a key", $"name at most {Most}, and let it take from {LowestThreshold} to all of them")
            : all.Select(t => t.Party).Distinct().Count() < all.Length
            ? Parsed<Trustees>.Bad("trustees", "a trustee stands there twice", "name each once")
            : all.Select(t => t.Key).Distinct().Count() < all.Length
            ? Parsed<Trustees>.Bad("trustees", "two trustees have one key, so that one of them would hold two shares", "let each put a key of its own on record")
            : Parsed<Trustees>.Good(new Trustees(threshold, all));
    }

    /// <summary>The point of a trustee's share; 0 for a party that is none.</summary>
    public int PointOf(PartyId party)
    {
        for (int i = 0; i < All.Length; i++)
        {
            if (All[i].Party == party)
            {
                return i + 1;
            }
        }

        return 0;
    }

    /// <summary>What a sealed commitment is bound to: registry, pact, trustees with their keys, threshold.</summary>
    /// <remarks>
    /// <code>
    /// "standstill sealed commitment v1" LF canonical JSON (RFC 8785) of
    ///   {"pact": …, "registry": …, "threshold": t, "trustees": [{"key": …, "trustee": …}, …]}
    /// </code>
    /// Names and keys hold no character that JSON escapes, so that this text is the canonical one.
    /// </remarks>
    internal byte[] Context(Digest registry, PactId pact)
    {
        string list = string.Join(',', All.Select(t => $$"""{"key":"{{t.Key}}","trustee":"{{t.Party}}"}"""));
        return Encoding.UTF8.GetBytes(
            $$"""
            standstill sealed commitment v1
            {"pact":"{{pact}}","registry":"{{registry}}","threshold":{{Threshold}},"trustees":[{{list}}]}
            """);
    }
}
