using System.Collections.Immutable;
using CsCheck;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts;

/// <summary>Short ways to say what a test starts from.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Start = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly PactTerms Terms = PactTerms.Check(
        "Hold at the frontier",
        new PactScope("no new training run at the frontier", 1e27, ["inference", "safety research"]),
        new TriggerId("self-improvement"),
        notice: TimeSpan.FromDays(7),
        cure: TimeSpan.FromDays(14),
        withdrawalNotice: TimeSpan.FromDays(30),
        maximumDuration: TimeSpan.FromDays(180)).OrThrow();

    public static PartyId Party(string name) => new(name);

    public static Condition Condition(string text) => Standstill.Protocol.Pacts.Conditions.Condition.Parse(text).OrThrow();

    public static Moment Day(double day) => new(Start.AddDays(day), new EntryIndex((long)(day * 10) + 1));

    public static Commitment Commitment(string party, string condition, long entry = 0) =>
        new(Party(party), Condition(condition), new EntryIndex(entry));

    public static ComputeShares Compute(params IEnumerable<(string Party, double FlopPerSecond)> shares) =>
        new(shares.ToImmutableSortedDictionary(s => Party(s.Party), s => s.FlopPerSecond));

    public static Coalition Coalition(params IEnumerable<(string Party, string Condition)> commitments) =>
        Standstill.Protocol.Pacts.Coalitions.Coalition.Largest(commitments.Select(c => Commitment(c.Party, c.Condition)), ComputeShares.None);

    public static string Names(IEnumerable<PartyId> parties) => string.Join(' ', parties);

    /// <summary>The same cases on every run: CsCheck fixes only the first case of a run by its seed, so all are drawn as one.</summary>
    public static void Hold<T>(this Gen<T> cases, int count, Action<T> property) =>
        cases.Array[count].Sample(
            drawn =>
            {
                foreach (T one in drawn)
                {
                    property(one);
                }
            },
            seed: "0N0XIzNsQ0O2",
            iter: 1,
            threads: 1);

    /// <inheritdoc cref="Hold{T}(Gen{T}, int, Action{T})"/>
    public static void Hold<T1, T2>(this Gen<(T1, T2)> cases, int count, Action<T1, T2> property) =>
        cases.Hold(count, one => property(one.Item1, one.Item2));

    /// <inheritdoc cref="Hold{T}(Gen{T}, int, Action{T})"/>
    public static void Hold<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> cases, int count, Action<T1, T2, T3, T4> property) =>
        cases.Hold(count, one => property(one.Item1, one.Item2, one.Item3, one.Item4));
}
