using System.Collections.Immutable;
using Standstill.Model;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Testing;

/// <summary>A random case by number: what up to 14 parties ask of one another, in the words of the model and in ours.</summary>
public sealed record GradedInstance(IReadOnlyList<IReadOnlyList<AskedStep>> Steps, Known Known, IReadOnlyList<int> Bound)
{
    private static readonly int[] Degrees = [25, 50, 100];
    private static readonly int[] Assurances = [0, 0, 0, 50, 80];

    public static readonly ImmutableArray<PartyId> Names = [.. "abcdefghijklmn".Select(c => new PartyId(c.ToString()))];

    public int Parties => Steps.Count;

    public PartyFacts Facts
    {
        get
        {
            ImmutableArray<int> all = [.. Enumerable.Range(0, Parties)];
            return new PartyFacts
            {
                Shares = new ComputeShares(all.ToImmutableSortedDictionary(p => Names[p], p => (double)Known.Compute[p])),
                OutsideFlopPerSecond = Known.Outside,
                World = PartyFacts.None.World.AddRange(Known.World.Select((w, i) =>
                    KeyValuePair.Create($"source-{i}", new WorldComputeEstimate(w.Middle, w.Middle, w.High)))),
                Assurance = all.Where(p => Known.Assurance[p] > 0).ToImmutableSortedDictionary(p => Names[p], p => Known.Assurance[p]),
                Jurisdictions = all.Where(p => Known.Land[p] >= 0).ToImmutableSortedDictionary(p => Names[p], p => $"land-{Known.Land[p]}"),
                OnProbation = [.. all.Where(p => Known.Probation[p]).Select(p => Names[p])],
                Successors = all.Where(p => Known.InPlaceOf[p] != 1 << p).ToImmutableSortedDictionary(p => Names[p], p => Set(Known.InPlaceOf[p])),
                Nested = Known.Pacts.Select((members, i) => (Pact(i), Set(members))).ToImmutableSortedDictionary(p => p.Item1, p => p.Item2),
            };
        }
    }

    public ImmutableSortedDictionary<PartyId, int> Incumbents =>
        Enumerable.Range(0, Parties).Where(p => Bound[p] > 0).ToImmutableSortedDictionary(p => Names[p], p => Bound[p]);

    public IEnumerable<Commitment> Commitments => Enumerable.Range(0, Parties).Where(p => Steps[p].Count > 0).Select(CommitmentOf);

    public Commitment CommitmentOf(int party) =>
        new(Names[party], [.. Steps[party].Select(s => new CommitmentStep(s.Degree, Written(s.Ask)))], new EntryIndex(party));

    public ImmutableSortedDictionary<PartyId, int> Expected => Degreed(GradedCoalitionModel.Largest(Steps, Known, Bound));

    public static ImmutableSortedDictionary<PartyId, int> Degreed(int[] degrees) =>
        Enumerable.Range(0, degrees.Length).Where(p => degrees[p] > 0).ToImmutableSortedDictionary(p => Names[p], p => degrees[p]);

    /// <summary>The case of a number, with at most so many parties and so many ways to choose their steps.</summary>
    public static GradedInstance Of(int number, int mostParties = 14, int mostWays = 1 << 14)
    {
        var draw = new Draw((ulong)number);
        int parties = draw.Next(20) switch
        {
            < 13 => draw.Between(1, Math.Min(7, mostParties)),
            < 18 => draw.Between(1, Math.Min(10, mostParties)),
            < 19 => draw.Between(1, Math.Min(12, mostParties)),
            _ => draw.Between(1, mostParties),
        };
        bool isPlain = draw.Next(3) == 0;
        int pacts = isPlain ? 0 : draw.Next(3);
        var steps = new IReadOnlyList<AskedStep>[parties];
        int ways = 1 << parties;
        for (int p = 0; p < parties; p++)
        {
            steps[p] = StepsOf(draw, parties, pacts, isPlain, ref ways, mostWays);
        }

        int[] each = [.. Enumerable.Range(0, parties)];
        return new GradedInstance(
            steps,
            new Known(
                [.. each.Select(_ => draw.Next(6))],
                isPlain ? 0 : draw.Next(4),
                [.. Enumerable.Range(0, isPlain ? 0 : draw.Next(4)).Select(_ => draw.Between(1, 30)).Select(m => (m, m + draw.Next(20)))],
                [.. each.Select(_ => draw.Next(3) == 0 ? 0 : draw.Between(40, 99))],
                [.. each.Select(_ => draw.Next(5) - 1)],
                [.. each.Select(_ => !isPlain && draw.Next(8) == 0)],
                [.. each.Select(p => isPlain || draw.Next(8) > 0 ? 1 << p : Few(draw, parties))],
                [.. Enumerable.Range(0, pacts).Select(_ => draw.Next(1 << parties) & draw.Next(1 << parties) & draw.Next(1 << parties))]),
            [.. each.Select(_ => draw.Next(4) == 0 ? Degrees[draw.Next(3)] : 0)]);
    }

    public static Draw DrawOf(int number) => new((ulong)number);

    public static Condition Written(Ask ask) => ask switch
    {
        Ask.Nothing => new Condition.Always(),
        Ask.Some s => new Condition.AtLeast(s.Count, s.Stay, ListOf(s), new Standard(s.SlowedBy, s.Assurance)),
        Ask.Heads h => new Condition.Number(h.Count, h.Stay, new Standard(h.SlowedBy, h.Assurance)),
        Ask.Lands l => new Condition.Jurisdictions(l.Count, l.Stay, new Standard(l.SlowedBy, l.Assurance)),
        Ask.Hundredths h => new Condition.Compute(
            h.Least, h.Stay, h.Confidence == 0 ? ComputeBasis.Accounted : ComputeBasis.World, Math.Max(50, h.Confidence), new Standard(h.SlowedBy, h.Assurance)),
        Ask.Both b => Condition.AllOf(Written(b.Left), Written(b.Right)),
        Ask.Either e => Condition.AnyOf(Written(e.Left), Written(e.Right)),
        _ => throw new InvalidOperationException("an ask without a text"),
    };

    private static IReadOnlyList<AskedStep> StepsOf(Draw draw, int parties, int pacts, bool isPlain, ref int ways, int mostWays)
    {
        if (draw.Next(6) == 0)
        {
            return [];
        }

        int count = isPlain ? 1 : draw.Between(1, 3);
        if (ways / 2 * (count + 1) > mostWays)
        {
            count = 1;
        }

        ways = ways / 2 * (count + 1);
        int[] degrees = count switch
        {
            1 when isPlain => [100],
            1 => [Degrees[draw.Next(3)]],
            2 => draw.Next(2) == 0 ? [50, 100] : [25, 50],
            _ => Degrees,
        };
        return [.. degrees.Select(d => new AskedStep(d, Drawn(draw, parties, pacts, isPlain, 2)))];
    }

    private static Ask Drawn(Draw draw, int parties, int pacts, bool isPlain, int depth)
    {
        if (depth > 0 && draw.Next(3) == 0)
        {
            Ask left = Drawn(draw, parties, pacts, isPlain, depth - 1);
            Ask right = Drawn(draw, parties, pacts, isPlain, depth - 1);
            return draw.Next(2) == 0 ? new Ask.Both(left, right) : new Ask.Either(left, right);
        }

        int slowedBy = isPlain ? 100 : Degrees[draw.Next(3)];
        int assurance = isPlain ? 0 : Assurances[draw.Next(Assurances.Length)];
        switch (draw.Next(isPlain ? 6 : 10))
        {
            case 0:
                return new Ask.Nothing();
            case 1 or 2 or 3:
                int[] of = [.. Enumerable.Range(0, parties).Where(_ => draw.Next(3) == 0)];
                int[] also = [.. Enumerable.Range(0, pacts).Where(_ => draw.Next(3) == 0)];
                of = of.Length + also.Length == 0 ? [draw.Next(parties)] : of;
                int count = draw.Between(1, of.Length + also.Length);
                return new Ask.Some(count, draw.Between(1, count), of, also, slowedBy, assurance);
            case 4 or 5 or 6:
                int least = draw.Between(1, 90);
                return new Ask.Hundredths(least, draw.Between(1, least), isPlain ? 0 : draw.Next(3) switch { 0 => 50, 1 => 95, _ => 0 }, slowedBy, assurance);
            case 7 or 8:
                int heads = draw.Between(1, parties);
                return new Ask.Heads(heads, draw.Between(1, heads), slowedBy, assurance);
            default:
                int lands = draw.Between(1, 4);
                return new Ask.Lands(lands, draw.Between(1, lands), slowedBy, assurance);
        }
    }

    private static int Few(Draw draw, int parties) => (1 << draw.Next(parties)) | (draw.Next(2) == 0 ? 0 : 1 << draw.Next(parties));

    private static Listed ListOf(Ask.Some some) => new([.. some.Of.Select(p => Names[p])], [.. some.Pacts.Select(Pact)]);

    private static PactId Pact(int number) => new($"pact-{number}");

    private static ImmutableSortedSet<PartyId> Set(int members) => [.. Names.Where((_, p) => (members & (1 << p)) != 0)];
}
