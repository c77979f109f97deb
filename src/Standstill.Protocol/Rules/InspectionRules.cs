using Standstill.Protocol.Balances;
using Standstill.Protocol.Inspections;
using Standstill.Protocol.Pacts.Terms;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Rules;

/// <summary>Inspection plans, challenges, answers, findings.</summary>
internal static class InspectionRules
{
    public static Effect Plan(World world, Statement statement, InspectionPlanBody body, Moment at)
    {
        if (world.InspectionPlans.ContainsKey(body.Plan))
        {
            return Effect.Refuse("body.plan", $"`{body.Plan}` is on record", "choose another name");
        }

        if (!world.Parties.ContainsKey(body.Party))
        {
            return Effect.Refuse("body.party", $"`{body.Party}` is not a party of this registry", "name an enrolled party");
        }

        return body.Strata.FirstOrDefault(s => !world.Areas.ContainsKey(new AreaKey(body.Party, s.Facility, s.Area))) is { } unknown
            ? Effect.Refuse("body.strata", $"`{body.Party}/{unknown.Facility}/{unknown.Area}` is no balance area", "name areas that are on record")
            : Effect.Of(world with { InspectionPlans = world.InspectionPlans.Add(body.Plan, new PlanRecord(statement.Party, body, at)) });
    }

    public static Effect Challenge(World world, Statement statement, ChallengeBody body, Moment at)
    {
        if (world.Challenges.ContainsKey(body.Challenge))
        {
            return Effect.Refuse("body.challenge", $"`{body.Challenge}` is on record", "choose another name");
        }

        if (body.CheckpointSize > at.Entry.Value)
        {
            return Effect.Refuse("body.checkpointSize", $"the ledger has {at.Entry.Value} entries", "take a checkpoint that is there");
        }

        if (body.Plan is { } plan && (!world.InspectionPlans.TryGetValue(plan, out var planned) || planned.Body.Party != body.Party))
        {
            return Effect.Refuse("body.plan", $"`{plan}` is no plan for `{body.Party}`", "name a plan that is on record, or leave it out");
        }

        if (Population(world, body) is not { } population)
        {
            return Effect.Refuse("body.entry", body.Kind == ChallengeKind.Chunks ? $"entry {body.Entry} is no digest of `{body.Party}`" : $"entry {body.Entry} is not the latest count of an area of `{body.Party}` with its serial numbers committed to", "name the entry of what is to be opened");
        }

        if (body.Draw > population)
        {
            return Effect.Refuse("body.draw", $"more than the {population} that there are", "draw at most all");
        }

        var challenge = new ChallengeRecord(statement.Party, body, population, at);
        return Effect.Of((world with { Challenges = world.Challenges.Add(body.Challenge, challenge) }).Refreshed());
    }

    public static Effect Answer(World world, Statement statement, ChallengeAnsweredBody body, Moment at)
    {
        if (!world.Challenges.TryGetValue(body.Challenge, out var challenge) || challenge.Body.Party != statement.Party)
        {
            return Effect.Refuse("body.challenge", $"`{statement.Party}` has no challenge `{body.Challenge}`", "name one that it was sent");
        }

        // A second opening after the first has been looked at would let the answer be tried until it fits.
        return challenge.Answer is not null
            ? Effect.Refuse("body.challenge", $"`{body.Challenge}` is answered already", "nothing is to be done; what is wrong with it the inspector finds")
            : Effect.Of((world with { Challenges = world.Challenges.SetItem(body.Challenge, challenge with { Answer = body, Answered = at }) }).Refreshed());
    }

    public static Effect Find(World world, Statement statement, InspectionFindingBody body, Moment at)
    {
        if (!world.Parties.ContainsKey(body.Party))
        {
            return Effect.Refuse("body.party", $"`{body.Party}` is not a party of this registry", "name an enrolled party");
        }

        var next = world with { InspectionFindings = world.InspectionFindings.Add(new FindingRecord(statement.Party, body, at)) };
        if (body.Challenge is { } id)
        {
            if (!world.Challenges.TryGetValue(id, out var challenge) || challenge.Body.Party != body.Party)
            {
                return Effect.Refuse("body.challenge", $"`{body.Party}` has no challenge `{id}`", "name one that is on record");
            }

            if (body.Result == InspectionResult.Confirmed && challenge.Answer is null)
            {
                return Effect.Refuse("body.result", $"`{id}` is not answered, so nothing is confirmed", "wait for the answer");
            }

            next = next with { Challenges = next.Challenges.SetItem(id, challenge with { Result = body.Result, Found = at }) };
        }
        else if (body is { Alarms: true, UpTo: { } upTo })
        {
            if (Judged(next, body, upTo, at) is not { } judged)
            {
                return Effect.Refuse("body.upTo", $"no alarm is open there up to entry {upTo}", "name the entry of an open alarm, and the area whose it is");
            }

            next = judged;
        }

        next = next.Refreshed();
        return Effect.Of(body.Result == InspectionResult.Confirmed ? PactRules.Discharged(next, body.Party, DutyKind.Inspection, at) : next);
    }

    private static World? Judged(World world, InspectionFindingBody body, EntryIndex upTo, Moment at)
    {
        if (body is { Facility: { } facility, Area: { } name })
        {
            return world.Areas.GetValueOrDefault(new AreaKey(body.Party, facility, name)) is { } area && IsOpen(area.Line, upTo)
                ? BalanceRules.Changed(world, area, area with { Line = area.Line.Judge(upTo, body.Result, at) })
                : null;
        }

        return world.PartyBalances.GetValueOrDefault(body.Party) is { } sum && IsOpen(sum.Line, upTo)
            ? world with { PartyBalances = world.PartyBalances.SetItem(body.Party, sum with { Line = sum.Line.Judge(upTo, body.Result, at) }) }
            : null;
    }

    private static bool IsOpen(BalanceLine line, EntryIndex upTo) => line.Alarms.Exists(a => a.IsOpen && a.At.Entry.CompareTo(upTo) <= 0);

    private static long? Population(World world, ChallengeBody body) => body.Kind == ChallengeKind.Chunks
        ? world.DigestChunks.TryGetValue(body.Entry, out var digest) && digest.Party == body.Party ? digest.Chunks : null
        : world.AreasOf(body.Party).Where(a => a.Counted is { } counted && counted.At.Entry == body.Entry && counted.Body.SerialsRoot is not null).Select(a => (long?)a.Counted!.Value.Body.Count).FirstOrDefault();
}
