using System.Collections.Immutable;
using Standstill.Node.Api;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Node.Pages;

/// <summary>One party on the what-if board: what is on record, and what the visitor has put in its place.</summary>
/// <param name="Party">The party.</param>
/// <param name="Standing">Its commitment that stands; null for none.</param>
/// <param name="IsSigned">Whether it counts as signed on the board.</param>
/// <param name="When">The condition typed in; empty for none.</param>
/// <param name="Flop">The compute typed in.</param>
/// <param name="Assurance">The assurance typed in.</param>
public sealed record BoardRow(PartyId Party, Commitment? Standing, bool IsSigned, string When, string Flop, string Assurance)
{
    /// <summary>Whether anything here is otherwise than on record.</summary>
    public bool IsChanged => IsSigned != (Standing is not null) || When.Length + Flop.Length + Assurance.Length > 0;
}

/// <summary>The what-if board as an address gives it: everything on it is in the query, and nothing is kept.</summary>
/// <param name="Pact">The pact.</param>
/// <param name="Rows">Committed parties first, then those who could commit or are named.</param>
/// <param name="World">World compute, as typed in.</param>
/// <param name="Answer">What would follow.</param>
/// <param name="Faults">What is wrong with the query; then the answer is of the pact as it stands.</param>
public sealed record WhatIfBoard(Pact Pact, ImmutableArray<BoardRow> Rows, string World, WhatIfAnswer Answer, ImmutableArray<Fault> Faults)
{
    /// <summary>The most parties that have a row; the address takes any.</summary>
    public const int MostRows = 60;

    /// <summary>The address of the board of a pact.</summary>
    public static string Address(PactId pact) => $"/pacts/{pact}/what-if";

    /// <summary>Reads the board from a query.</summary>
    public static WhatIfBoard Read(World world, Pact pact, IQueryCollection query)
    {
        var read = WhatIfApi.Read(query);
        var answer = read.IsGood ? WhatIfApi.On(world, pact, read.Value) : null;
        var faults = answer?.Faults ?? read.Faults;
        var shown = answer?.Value ?? WhatIfApi.On(world, pact, WhatIf.Nothing).OrThrow();
        return new WhatIfBoard(pact, Typed(world, shown.Before, query), query["world"].ToString(), shown, faults);
    }

    /// <summary>The address that says the same as the fields of the form; null where the query is no form.</summary>
    /// <remarks>A form sends a `row` for each party that it shows, `signed` for those that are ticked, and a field for each thing
    /// that can be typed in, most of them empty. What is not otherwise than on record is left out.</remarks>
    public static string? OfForm(World world, Pact pact, IQueryCollection query)
    {
        if (!query.ContainsKey("row"))
        {
            return null;
        }

        var standing = pact.Solve().Candidates.Select(c => c.Party.Value).ToHashSet(StringComparer.Ordinal);
        var signed = query["signed"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var pairs = new List<(string Name, string Value)>();
        foreach (var party in query["row"].OfType<string>().Distinct(StringComparer.Ordinal).Take(2 * MostRows))
        {
            var when = Field("when", party);
            var isStanding = standing.Contains(party);
            if (isStanding && !signed.Contains(party))
            {
                pairs.Add(("out", party));
            }
            else if (when.Length > 0)
            {
                pairs.Add(("when", $"{party}:{when}"));
            }
            else if (!isStanding && signed.Contains(party))
            {
                pairs.Add(("in", party));
            }

            foreach (var name in new[] { "flop", "assurance" }.Where(n => Field(n, party).Length > 0))
            {
                pairs.Add((name, $"{party}:{Field(name, party)}"));
            }
        }

        if (query["world"].ToString().Trim() is { Length: > 0 } whole)
        {
            pairs.Add(("world", whole));
        }

        return Write(pact.Id, pairs);

        string Field(string name, string party) => query[$"{name}.{party}"].ToString().Trim();
    }

    /// <summary>The address of the same board on which parties sign without a condition as well.</summary>
    public string IfSign(IEnumerable<PartyId> parties) =>
        Address(parties.Aggregate(Answer.WhatIf, (what, p) => Without(what, p, new Supposition.In(p, [new CommitmentStep(100, new Condition.Always())]))));

    /// <summary>The address of the same board without the signature of a party.</summary>
    public string IfLeaves(PartyId party) =>
        Address(Without(Answer.WhatIf, party, Answer.Before.Candidates.Any(c => c.Party == party) ? new Supposition.Out(party) : null));

    /// <summary>The address of what is supposed on this board.</summary>
    public string Address(WhatIf what) => Write(Pact.Id, WhatIfText.Write(what).Select(p => (p.Key, p.Value)));

    /// <summary>The same board for programs.</summary>
    public string ApiAddress => $"/api{Address(Answer.WhatIf)}";

    private static WhatIf Without(WhatIf what, PartyId party, Supposition? instead) => new(
    [
        .. what.Suppositions.Where(s => s is not (Supposition.Out or Supposition.In) || (s is Supposition.Out o && o.Party != party) || (s is Supposition.In i && i.Party != party)),
        .. instead is null ? ImmutableArray<Supposition>.Empty : [instead],
    ]);

    private static string Write(PactId pact, IEnumerable<(string Name, string Value)> pairs)
    {
        // A colon and a comma may stand in a query as they are (RFC 3986, section 3.4), and are easier to read so.
        var written = string.Join('&', pairs.Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value).Replace("%3A", ":", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal).Replace("%20", "+", StringComparison.Ordinal)}"));
        return Address(pact) + (written.Length > 0 ? "?" + written : "");
    }

    private static ImmutableArray<BoardRow> Typed(World world, Coalition before, IQueryCollection query)
    {
        var standing = before.Candidates.ToDictionary(c => c.Party);
        var (gone, signed, when, flop, assurance) = (Names("out"), Names("in"), Values("when"), Values("flop"), Values("assurance"));
        var further = Findings.Eligible(world).Concat(standing.Values.SelectMany(c => c.Steps).SelectMany(s => s.Condition.Parties));
        var supposed = signed.Concat(when.Keys).Concat(flop.Keys).Concat(assurance.Keys).Where(Slug.IsGood).Select(p => new PartyId(p));
        var parties = standing.Keys.Order().Concat(supposed.Distinct().Order()).Concat(further.Distinct().Order()).Distinct().Take(MostRows);
        return [.. parties.Select(Row).OrderBy(r => r.Standing is null).ThenBy(r => r.Party)];

        BoardRow Row(PartyId p)
        {
            var has = standing.GetValueOrDefault(p);
            var typed = when.GetValueOrDefault(p.Value, "");
            return new BoardRow(
                p, has, has is null ? signed.Contains(p.Value) || typed.Length > 0 : !gone.Contains(p.Value), typed, flop.GetValueOrDefault(p.Value, ""), assurance.GetValueOrDefault(p.Value, ""));
        }

        HashSet<string> Names(string name) => query[name].OfType<string>().Select(v => v.Trim()).ToHashSet(StringComparer.Ordinal);

        Dictionary<string, string> Values(string name)
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var parts in query[name].OfType<string>().Take(WhatIf.Most).Select(v => v.Split(':', 2)).Where(p => p.Length == 2))
            {
                values[parts[0].Trim()] = parts[1].Trim();
            }

            return values;
        }
    }
}
