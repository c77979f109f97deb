using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Node.Api;

/// <summary>What would follow if some things were otherwise.</summary>
/// <param name="Pact">The pact.</param>
/// <param name="Now">As of when, UTC.</param>
/// <param name="Entries">As of how many entries.</param>
/// <param name="Suppositions">What is supposed, as sentences.</param>
/// <param name="Before">The coalition as it stands.</param>
/// <param name="Coalition">The coalition that there would be.</param>
/// <param name="Parties">Why each committed party would be in or out; null for a pact too large to explain.</param>
/// <param name="Cascade">Who is struck out first, and who after because of it; null likewise.</param>
/// <param name="CascadeIsWhole">Whether all rounds are told.</param>
/// <param name="Departures">What would follow if one member then left; null likewise.</param>
/// <param name="ToSetInMotion">The smallest set of further signatures with which anybody would be bound; null likewise.</param>
public sealed record WhatIfDocument(
    string Pact,
    DateTimeOffset Now,
    long Entries,
    ImmutableArray<string> Suppositions,
    ImmutableArray<MemberAnswer> Before,
    ImmutableArray<MemberAnswer> Coalition,
    ImmutableArray<PlaceAnswer>? Parties,
    ImmutableArray<RoundAnswer>? Cascade,
    bool CascadeIsWhole,
    ImmutableArray<DepartureAnswer>? Departures,
    SignaturesAnswer? ToSetInMotion);

/// <summary>A member of a coalition, and how far it slows, in per cent: 100 is a stop.</summary>
public sealed record MemberAnswer(string Party, int Degree);

/// <summary>Why a committed party would be in or out, and whose signatures would bring it in.</summary>
/// <param name="Party">The party.</param>
/// <param name="Degree">How far it would slow, in per cent; 0 where it would not be in.</param>
/// <param name="Commitment">What it has committed to, or is supposed to have.</param>
/// <param name="Why">A sentence.</param>
/// <param name="WaitingFor">The named parties that it misses.</param>
/// <param name="ToBringIn">The smallest set of further signatures; null for a member.</param>
public sealed record PlaceAnswer(string Party, int Degree, string Commitment, string Why, ImmutableArray<string> WaitingFor, SignaturesAnswer? ToBringIn);

/// <summary>One round of the cascade.</summary>
public sealed record RoundAnswer(int Round, ImmutableArray<LoweringAnswer> Lowered);

/// <summary>A party struck out (to 0) or brought to a lower degree, why, and after whom.</summary>
public sealed record LoweringAnswer(string Party, int From, int To, string Because, ImmutableArray<string> After);

/// <summary>What would follow if one member left.</summary>
public sealed record DepartureAnswer(string Leaver, bool Pivotal, ImmutableArray<string> Free, ImmutableArray<string> Staying);

/// <summary>The answer to "whose signatures would do it?".</summary>
/// <param name="Text">A sentence.</param>
/// <param name="Signers">The smallest set; null where none would do, or none was found.</param>
public sealed record SignaturesAnswer(string Text, ImmutableArray<string>? Signers);

/// <summary>The what-if board for programs. Nothing that is asked is kept.</summary>
internal static class WhatIfApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/pacts/{id}/what-if", Answer)
            .WithName("whatIf").WithTags("pacts")
            .WithSummary("The coalition of a pact if some signatures, compute, verification or world compute were otherwise")
            .WithDescription("""
                Every parameter may be repeated, 64 in all: `out=PARTY`, `in=PARTY`, `when=PARTY:CONDITION`, `flop=PARTY:FLOP per second`,
                `assurance=PARTY:per cent`; and once `world=FLOP per second` or `world=LOW:MIDDLE:HIGH`. Nothing is kept.
                """)
            .Produces<WhatIfDocument>().ProducesProblem(400).ProducesProblem(404);

    /// <summary>The suppositions of a query, with those that no parameter here is called after: they are slips.</summary>
    public static Parsed<WhatIf> Read(IQueryCollection query) =>
        WhatIfText.Read(query.OrderBy(q => q.Key, StringComparer.Ordinal).SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value ?? "")));

    private static Results<Ok<WhatIfDocument>, ProblemHttpResult> Answer(
        HttpRequest request,
        Sequencer sequencer,
        TimeProvider clock,
        string id,
        [FromQuery(Name = "out")] string[]? gone,
        [FromQuery(Name = "in")] string[]? signed,
        [FromQuery] string[]? when,
        [FromQuery] string[]? flop,
        [FromQuery] string[]? assurance,
        [FromQuery] string? world)
    {
        // The parameters are bound for the OpenAPI document; what they say is read from the query, where none is lost.
        _ = (gone, signed, when, flop, assurance, world);
        var now = sequencer.Current.AsOf(clock.GetUtcNow());
        if (!Slug.IsGood(id) || !now.Pacts.TryGetValue(new PactId(id), out var pact))
        {
            return Problems.NoSuch($"pact `{id}`", "see `/api/world/pacts` for those there are");
        }

        var read = Read(request.Query);
        var answer = read.IsGood ? On(now, pact, read.Value) : null;
        return answer is { IsGood: true }
            ? TypedResults.Ok(Document(now, pact, answer.Value))
            : Problems.BadQuery("what is supposed makes no sense", answer?.Faults ?? read.Faults);
    }

    /// <summary>What follows in a world.</summary>
    public static Parsed<WhatIfAnswer> On(World world, Pact pact, WhatIf what) =>
        what.On(pact, world.Parties.Keys.ToImmutableSortedSet(), Findings.Eligible(world));

    private static WhatIfDocument Document(World world, Pact pact, WhatIfAnswer answer) => new(
        pact.Id.Value,
        world.Now,
        world.Size,
        [.. answer.WhatIf.Suppositions.Select(WhatIfText.Of)],
        Members(answer.Before),
        Members(answer.After),
        answer.Detail is { } d ? [.. d.Explanation.Parties.Values.Select(e => Place(answer.After, d, e))] : null,
        answer.Detail is { } c ? [.. c.Cascade.Rounds.Select(r => new RoundAnswer(r.Number, [.. r.Lowered.Select(Lowering)]))] : null,
        answer.Detail?.Cascade.IsWhole ?? false,
        answer.Detail is { } l ? [.. l.Explanation.Departures.Select(Departure)] : null,
        answer.Detail is { } m ? Signatures(m.ToSetInMotion) : null);

    private static ImmutableArray<MemberAnswer> Members(Coalition coalition) => [.. coalition.Degrees.Select(d => new MemberAnswer(d.Key.Value, d.Value))];

    private static PlaceAnswer Place(Coalition after, WhatIfDetail detail, PartyExplanation why) => new(
        why.Party.Value,
        after.DegreeOf(why.Party),
        after.CommitmentOf(why.Party).ToString(),
        PactText.Of(why),
        Names(why.WaitingFor),
        detail.ToBringIn.TryGetValue(why.Party, out var search) ? Signatures(search) : null);

    private static LoweringAnswer Lowering(Lowering l) => new(l.Party.Value, l.From, l.To, WhatIfText.Because(l), Names(l.After));

    private static DepartureAnswer Departure(Departure d) => new(d.Leaver.Value, d.IsPivotal, Names(d.Free), Names(d.Staying));

    private static SignaturesAnswer Signatures(SignatureSearch search) =>
        new(PactText.Of(search), search is SignatureSearch.Found found ? Names(found.Signers) : null);

    private static ImmutableArray<string> Names(ImmutableArray<PartyId> parties) => [.. parties.Select(p => p.Value)];
}
