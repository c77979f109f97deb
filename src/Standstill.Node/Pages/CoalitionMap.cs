using System.Collections.Immutable;
using System.Globalization;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Node.Pages;

/// <summary>What a node of a coalition's picture stands for.</summary>
public enum MapNodeKind
{
    /// <summary>A party that has committed, or is named.</summary>
    Party,

    /// <summary>A pact that counts as a party.</summary>
    Pact,

    /// <summary>A clause on compute, on a number of parties or on jurisdictions.</summary>
    Clause,
}

/// <summary>A node of a coalition's picture.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Name">Its name, or the clause.</param>
/// <param name="Note">Where it stands, in a few words.</param>
/// <param name="Class">The colour: good, notable, grave, gone or stranger.</param>
/// <param name="Degree">How far it slows, in per cent; 0 where it is not in. For a clause 100 where it holds.</param>
/// <param name="IsPivotal">Whether its leaving would free others.</param>
/// <param name="Href">Where it leads.</param>
public sealed record MapNode(MapNodeKind Kind, string Name, string Note, string Class, int Degree, bool IsPivotal, string? Href)
{
    /// <summary>Whether it is in the coalition.</summary>
    public bool IsIn => Degree > 0;
}

/// <summary>What an arrow says.</summary>
public enum MapEdgeKind
{
    /// <summary>What is asked for is there.</summary>
    Counts,

    /// <summary>It is not there, and its condition fails for want of it.</summary>
    Waits,

    /// <summary>It is not there, and its condition holds or fails without it.</summary>
    Spare,
}

/// <summary>An arrow from a party to what its commitment asks for.</summary>
/// <param name="From">The index of the party.</param>
/// <param name="To">The index of what it asks for.</param>
/// <param name="Kind">What the arrow says.</param>
public sealed record MapEdge(int From, int To, MapEdgeKind Kind);

/// <summary>Who counts on whom and who waits for whom: the picture of a coalition before it is laid out.</summary>
/// <param name="Nodes">Members first, then those who wait, then who is only named, then pacts and clauses; each by name.</param>
/// <param name="Edges">In the order of nodes.</param>
public sealed record CoalitionMap(ImmutableArray<MapNode> Nodes, ImmutableArray<MapEdge> Edges)
{
    /// <summary>How many parties there are.</summary>
    public int Parties => Nodes.Count(n => n.Kind == MapNodeKind.Party);

    /// <summary>The picture in words, for those who cannot see it.</summary>
    public string Description => string.Join(" ", Nodes.Index().Select(n =>
    {
        var to = Edges.Where(e => e.From == n.Index).ToArray();
        string[] told = [.. Enum.GetValues<MapEdgeKind>().Select(k => (Verb(k), Named(to.Where(e => e.Kind == k)))).Where(t => t.Item2.Length > 0).Select(t => $" {t.Item1} {t.Item2}")];
        return $"{n.Item.Name} ({n.Item.Note}{(n.Item.IsPivotal ? ", pivotal" : "")}){string.Join(" and", told)}.";
    }));

    /// <summary>Draws up the map of a coalition.</summary>
    /// <param name="coalition">The coalition.</param>
    /// <param name="explanation">Why each is in or out; of it come arrows that wait, and who is pivotal.</param>
    /// <param name="standing">Where a party stands, in words and as a colour; null for one that has never committed.</param>
    /// <param name="former">Parties to show although their commitment no longer stands.</param>
    public static CoalitionMap Of(
        Coalition coalition, CoalitionExplanation explanation, Func<PartyId, (string Word, string Class)?> standing, IEnumerable<PartyId> former)
    {
        var asked = coalition.Candidates.ToImmutableSortedDictionary(c => c.Party, c => c.Steps.SelectMany(s => Clauses(s.Condition)).Distinct().ToImmutableArray());
        var pivotal = explanation.Pivotal.Select(d => d.Leaver).ToHashSet();
        var parties = asked.Keys.Concat(asked.Values.SelectMany(c => c).SelectMany(c => c.Parties)).Concat(former).Distinct()
            .OrderBy(p => coalition.Members.Contains(p) ? 0 : asked.ContainsKey(p) ? 1 : 2).ThenBy(p => p).ToArray();
        var pacts = asked.Values.SelectMany(c => c).SelectMany(c => c.Pacts).Distinct().Order().ToArray();
        var counts = asked.Values.SelectMany(c => c).Where(c => c.Parties.IsEmpty && c.Pacts.IsEmpty && c is not Condition.Always)
            .DistinctBy(c => c.ToString()).OrderBy(c => c.ToString(), StringComparer.Ordinal).ToArray();
        ImmutableArray<MapNode> nodes =
        [
            .. parties.Select(p => Party(p, coalition.DegreeOf(p), pivotal.Contains(p), asked.ContainsKey(p) || former.Contains(p) ? standing(p) : null)),
            .. pacts.Select(p => Pact(p, coalition)),
            .. counts.Select(c => Clause(c, coalition)),
        ];
        var at = nodes.Index().ToDictionary(n => (n.Item.Kind, n.Item.Name), n => n.Index);
        var edges =
            from owner in parties.Where(asked.ContainsKey)
            from to in Targets(asked[owner]).Distinct()
            where to != (MapNodeKind.Party, owner.Value)
            let target = at[to]
            let kind = nodes[target].IsIn ? MapEdgeKind.Counts : Missing(explanation, owner).Contains(to) ? MapEdgeKind.Waits : MapEdgeKind.Spare
            select new MapEdge(at[(MapNodeKind.Party, owner.Value)], target, kind);
        return new CoalitionMap(nodes, [.. edges.OrderBy(e => e.From).ThenBy(e => e.To)]);
    }

    /// <summary>An arrow in words.</summary>
    public static string Verb(MapEdgeKind kind) => kind switch
    {
        MapEdgeKind.Counts => "counts on",
        MapEdgeKind.Waits => "waits for",
        MapEdgeKind.Spare => "also names",
        _ => throw new InvalidOperationException("an arrow without a word"),
    };

    /// <summary>How far a party slows, as people say it.</summary>
    public static string Degree(int degree) => degree switch
    {
        0 => "not in",
        100 => "stops",
        _ => string.Create(CultureInfo.InvariantCulture, $"slows by {degree} %"),
    };

    private static MapNode Party(PartyId id, int degree, bool isPivotal, (string Word, string Class)? standing)
    {
        var (word, colour) = standing ?? ("not committed", "stranger");
        return new MapNode(MapNodeKind.Party, id.Value, degree is > 0 and < 100 ? $"{word}, {Degree(degree)}" : word, colour, degree, isPivotal, $"/parties/{id}");
    }

    private static MapNode Pact(PactId id, Coalition coalition)
    {
        var members = coalition.Facts.Nested.GetValueOrDefault(id)?.Count ?? 0;
        return new MapNode(MapNodeKind.Pact, "pact " + id.Value, members > 0 ? $"{members} bound" : "nobody bound", members > 0 ? "good" : "notable", members > 0 ? 100 : 0, false, null);
    }

    private static MapNode Clause(Condition clause, Coalition coalition)
    {
        var gathering = coalition.Gathering;
        var found = clause switch
        {
            Condition.Compute c => gathering.ShareOf(c) is { } share ? Figures.Share(share) : "no estimate on record",
            Condition.Number c => Figures.Count(gathering.Counting(c.Standard).Count),
            Condition.Jurisdictions c => Figures.Count(gathering.JurisdictionsOf(c.Standard)),
            _ => "",
        };
        var holds = clause.Holds(gathering, staying: false);
        return new MapNode(MapNodeKind.Clause, clause.ToString(), $"{found} at present", holds ? "good" : "notable", holds ? 100 : 0, false, null);
    }

    private static IEnumerable<Condition> Clauses(Condition condition) => condition switch
    {
        Condition.And and => and.Terms.SelectMany(Clauses),
        Condition.Or or => or.Terms.SelectMany(Clauses),
        _ => [condition],
    };

    private static IEnumerable<(MapNodeKind Kind, string Name)> Targets(IEnumerable<Condition> clauses) => clauses.SelectMany(c =>
        !c.Parties.IsEmpty || !c.Pacts.IsEmpty ? c.Parties.Select(p => (MapNodeKind.Party, p.Value)).Concat(c.Pacts.Select(p => (MapNodeKind.Pact, "pact " + p.Value)))
        : c is Condition.Always ? []
        : [(MapNodeKind.Clause, c.ToString())]);

    private static HashSet<(MapNodeKind Kind, string Name)> Missing(CoalitionExplanation explanation, PartyId owner) =>
        explanation.Parties.TryGetValue(owner, out var why) && !why.IsIn
            ? [.. why.Decisive.SelectMany(f => f switch
            {
                ClauseFinding.OfParties p => p.Missing.Select(m => (MapNodeKind.Party, m.Value)).Concat(p.PactsMissing.Select(m => (MapNodeKind.Pact, "pact " + m.Value))),
                _ => [(MapNodeKind.Clause, f.Clause.ToString())],
            })]
            : [];

    private string Named(IEnumerable<MapEdge> edges) => string.Join(", ", edges.Select(e => Nodes[e.To].Name));
}
