using System.Collections.Immutable;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Rules;

/// <summary>Compute that changes hands, parties that merge and split, pauses that nobody asked for.</summary>
internal static class ChangeRules
{
    public static Effect Rent(World world, Statement statement, ComputeRentedBody body, Moment at)
    {
        if (statement.Party != body.Lessor && statement.Party != body.Tenant)
        {
            return Effect.Refuse("body.lessor", $"`{statement.Party}` is neither lessor nor tenant", "each of the two speaks for itself");
        }

        var other = statement.Party == body.Lessor ? body.Tenant : body.Lessor;
        if (!world.Parties.ContainsKey(other))
        {
            return Effect.Refuse(statement.Party == body.Lessor ? "body.tenant" : "body.lessor", $"`{other}` is not a party of this registry", "name an enrolled party");
        }

        var rental = world.Rentals.GetValueOrDefault((body.Lessor, body.Tenant)) ?? Rental.None;
        rental = statement.Party == body.Lessor
            ? rental with { ByLessor = body.FlopPerSecond, Since = at }
            : rental with { ByTenant = body.FlopPerSecond, Since = at };
        return Effect.Of((world with { Rentals = world.Rentals.SetItem((body.Lessor, body.Tenant), rental) }).Reckoned());
    }

    public static Effect HandOver(World world, Statement statement, HandOverBody body, Moment at)
    {
        if (body.Facility is { } facility && !world.Facilities.ContainsKey((statement.Party, facility)))
        {
            return Effect.Refuse("body.facility", $"`{facility}` is not a facility of `{statement.Party}`", "put it on record first");
        }

        if (body is HandOverV2Body { Facility: { } from, FlopPerSecond: { } rate })
        {
            var counted = world.Facilities[(statement.Party, from)];
            var left = counted.FlopPerSecond - ComputeAccounts.Handed(world, counted);
            if (rate > left)
            {
                return Effect.Refuse("body.flopPerSecond", $"more than the {Json.CanonicalJson.Number(left)} FLOP/s that `{from}` counts and has not handed over", "count the facility again, or correct the rate");
            }
        }

        var next = world with { HandOvers = world.HandOvers.Add(new HandOverRecord(statement.Party, body, at)) };
        foreach (var pact in world.Pacts.Values.Where(p => p.Terms.Life is not null && p.IsBound(statement.Party)))
        {
            var what = $"{Words.Of(body.What)} handed to {body.To}";
            var handed = pact.HandOver(statement.Party, what, at);
            var known = handed.Allegations.Keys.Except(pact.Allegations.Keys);
            next = next with
            {
                Pacts = next.Pacts.SetItem(pact.Id, handed),
                Allegations = known.Aggregate(next.Allegations, (all, id) => all.SetItem(id, pact.Id)),
            };
        }

        return Effect.Of(next.Reckoned());
    }

    public static Effect Succeed(World world, Statement statement, SuccessionBody body, Moment at)
    {
        if (body.Successors.Contains(statement.Party))
        {
            return Effect.Refuse("body.successors", "a party does not come in its own place", "name the others");
        }

        if (body.Successors.FirstOrDefault(s => !world.Parties.ContainsKey(s)) is { Value: { } stranger })
        {
            return Effect.Refuse("body.successors", $"`{stranger}` is not a party of this registry", "it enrols itself first");
        }

        if (body.Successors.FirstOrDefault(s => world.Successions.ContainsKey(s)) is { Value: { } gone })
        {
            return Effect.Refuse("body.successors", $"`{gone}` has named successors itself", "name parties that stay");
        }

        if (world.Successions.Values.Any(s => s.Body.Successors.Contains(statement.Party) && !s.IsComplete))
        {
            return Effect.Refuse("predicate.party", $"`{statement.Party}` is to come in another's place", "accept that first");
        }

        return world.Successions.TryGetValue(statement.Party, out var earlier) && earlier.IsComplete
            ? Effect.Refuse("predicate.party", $"`{statement.Party}` has been succeeded already", "nothing is to be done")
            : Effect.Of(world with { Successions = world.Successions.SetItem(statement.Party, new SuccessionRecord(body, [], at)) });
    }

    public static Effect Accept(World world, Statement statement, SuccessionAcceptedBody body, Moment at)
    {
        if (!world.Successions.TryGetValue(body.Predecessor, out var succession) || !succession.Body.Successors.Contains(statement.Party))
        {
            return Effect.Refuse("body.predecessor", $"`{body.Predecessor}` has not named `{statement.Party}` as successor", "it says so first");
        }

        if (succession.Accepted.Contains(statement.Party))
        {
            return Effect.Refuse("body.predecessor", $"`{statement.Party}` has accepted already", "wait for the others");
        }

        succession = succession with { Accepted = succession.Accepted.Add(statement.Party) };
        var next = world with { Successions = world.Successions.SetItem(body.Predecessor, succession) };
        return Effect.Of(succession.IsComplete ? Taking(next, body.Predecessor, succession.Body.Successors, at) : next);
    }

    public static Effect Pause(World world, Statement statement, UnilateralPauseBody body, Moment at)
    {
        var isPausing = world.UnilateralPauses.ContainsKey(statement.Party);
        return isPausing == body.Begins
            ? Effect.Refuse("body.begins", $"`{statement.Party}` {(isPausing ? "pauses already" : "does not pause")}", "nothing is to be done")
            : Effect.Of(world with
            {
                UnilateralPauses = body.Begins ? world.UnilateralPauses.Add(statement.Party, at) : world.UnilateralPauses.Remove(statement.Party),
            });
    }

    private static World Taking(World world, PartyId old, ImmutableSortedSet<PartyId> successors, Moment at)
    {
        foreach (var pact in world.Pacts.Values.Where(p => p.Members.ContainsKey(old)))
        {
            world = world with { Pacts = world.Pacts.SetItem(pact.Id, pact.Succeed(old, successors, at)) };
        }

        return world.Reckoned();
    }
}
