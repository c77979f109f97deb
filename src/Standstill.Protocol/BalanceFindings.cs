using System.Globalization;
using Standstill.Protocol.Assurance;
using Standstill.Protocol.Balances;

namespace Standstill.Protocol;

/// <summary>What holds of balances, challenges and movements.</summary>
internal static class BalanceFindings
{
    public static IEnumerable<Finding> Of(World world)
    {
        var parties = world.AreaNames.Keys.Concat(world.Challenges.Values.Select(c => c.Body.Party)).Distinct().Order();
        foreach (var party in parties)
        {
            foreach (var unsettled in Unsettled.Of(world, party, world.Now))
            {
                yield return new Finding($"party {party}", unsettled.Text, unsettled.Since, unsettled.Settles, Weight.Grave);
            }
        }

        foreach (var area in world.Areas.Values.Where(a => !a.Body.Closed && a.Line.Design is null))
        {
            yield return new Finding($"area {area.Key}", $"{area.Key} is balanced and not tested", area.Since, "an inspector's `balance-design`", Weight.Notable);
        }

        foreach (var area in world.Areas.Values.Where(a => !a.Body.Closed && a.Start is null))
        {
            yield return new Finding($"area {area.Key}", $"{area.Key} has no digest and no declared use yet", area.Since, "its first digest", Weight.Notable);
        }

        foreach (var area in world.Areas.Values.Where(a => a.Body.Closed && a.Stock.On(world.Now) > 0))
        {
            yield return new Finding($"area {area.Key}", $"{area.Key} is given up with {area.Stock.On(world.Now).ToString(CultureInfo.InvariantCulture)} accelerators that have gone nowhere on record", area.Since, "movements that say where they went", Weight.Grave);
        }

        foreach (var challenge in world.Challenges.Values.Where(c => c.Answer is null && c.Result is null && c.Due > world.Now))
        {
            yield return new Finding($"party {challenge.Body.Party}", $"challenge `{challenge.Body.Challenge}` waits for its answer until {UtcTime.Format(challenge.Due)}", challenge.At, "the answer", Weight.Notable);
        }

        foreach (var transfer in world.Transfers.Values)
        {
            if (OfTransfer(transfer, world.Now) is { } finding)
            {
                yield return finding;
            }
        }
    }

    private static Finding? OfTransfer(TransferRecord transfer, DateTimeOffset now)
    {
        var (about, name) = ($"movement {transfer.Key.Movement}", $"`{transfer.Key.Movement}` between {transfer.Key.First} and {transfer.Key.Second}");
        var since = transfer.Ends[^1].At;
        return transfer switch
        {
            { IsComplete: false } when now - since.Time > TransferRecord.Patience =>
                new(about, $"{name} is on record from {transfer.Ends[0].Party} alone", since, "the word of the other end", Weight.Notable),
            { Difference: { } difference } when difference != 0 =>
                new(about, $"{name}: {transfer.Ends[0].Party} says {Count(transfer.Ends[0])}, {transfer.Ends[1].Party} says {Count(transfer.Ends[1])}", since, "an inspector's finding", Weight.Grave),
            { IsComplete: true, Agrees: false } =>
                new(about, $"{name}: the two ends name different kinds or serial numbers", since, "an inspector's finding", Weight.Grave),
            _ => null,
        };
    }

    private static string Count(TransferEnd end) => end.Body.Count.ToString(CultureInfo.InvariantCulture);
}
