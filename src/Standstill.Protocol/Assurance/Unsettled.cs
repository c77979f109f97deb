using System.Collections.Immutable;
using Standstill.Protocol.Statements;

namespace Standstill.Protocol.Assurance;

/// <summary>Why nothing can be relied on at a party for the time being, whatever was judged before: what is stated as an assurance rests on measures,
/// and one of them has spoken, or is silent.</summary>
/// <param name="Text">A sentence without the final period.</param>
/// <param name="Since">Since when.</param>
/// <param name="Settles">What would settle it.</param>
public sealed record Unsettled(string Text, Moment Since, string Settles)
{
    /// <summary>Everything that stands against a party at a time; empty where its assurance is as it was judged.</summary>
    public static ImmutableArray<Unsettled> Of(World world, PartyId party, DateTimeOffset when)
    {
        var all = ImmutableArray.CreateBuilder<Unsettled>();
        foreach (var area in world.AreasOf(party))
        {
            foreach (var alarm in area.Line.Alarms.Where(a => a.IsOpen && a.To <= when))
            {
                all.Add(Alarmed(alarm, area.Key.ToString()));
            }

            // By its time and not by `World.Overdue`: in hindsight the world is a later one than the instant that is judged.
            if (area.Due is { } due && due <= when)
            {
                all.Add(new($"digest or declared use of {area.Key} is overdue since {UtcTime.Format(due)}", area.Line.Entries.IsEmpty ? area.Since : area.Line.Entries[^1].At, "the digest and the declaration"));
            }
        }

        if (world.PartyBalances.GetValueOrDefault(party) is { } sum)
        {
            foreach (var alarm in sum.Line.Alarms.Where(a => a.IsOpen && a.To <= when))
            {
                all.Add(Alarmed(alarm, $"the sum over all areas of {party}"));
            }
        }

        foreach (var challenge in world.Challenges.Values.Where(c => c.Body.Party == party && c.StandsAgainst(when)))
        {
            all.Add(challenge.Result is { } result
                ? new($"challenge `{challenge.Body.Challenge}` ended with {Words.Of(result)}", challenge.Found!.Value, "an inspector's later finding that it is confirmed")
                : new($"challenge `{challenge.Body.Challenge}` was not answered by {UtcTime.Format(challenge.Due)}", challenge.At, "an answer, and the inspector's finding"));
        }

        return all.ToImmutable();
    }

    private static Unsettled Alarmed(Balances.AlarmRecord alarm, string of) => alarm.Result is { } result
        ? new($"test `{alarm.Test}` of {of} has alarmed, and an inspector found: {Words.Of(result)}", alarm.At, "an inspector's later finding that it is confirmed")
        : new($"test `{alarm.Test}` of {of} has alarmed", alarm.At, "an inspector's finding on the alarm");

    /// <summary>The parties that anything stands against.</summary>
    internal static IEnumerable<PartyId> Parties(World world, DateTimeOffset when) => world.AreaNames.Keys
        .Concat(world.Challenges.Values.Select(c => c.Body.Party))
        .Distinct()
        .Where(p => !Of(world, p, when).IsEmpty);
}
