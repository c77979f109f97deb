using Standstill.Protocol.Balances;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Rules;

/// <summary>Accelerators that move, and rentals that are matched.</summary>
internal static class MovementRules
{
    public static Effect Move(World world, Statement statement, MovementBody body, Moment at)
    {
        if (body.Counterparty is { } other && (other == statement.Party || !world.Parties.ContainsKey(other)))
        {
            return Effect.Refuse("body.counterparty", other == statement.Party ? "nobody moves accelerators to itself" : $"`{other}` is not a party of this registry", "name the other end, an enrolled party");
        }

        if (body.On > at.Time)
        {
            return Effect.Refuse("body.on", "lies in the future", "send it once it has happened");
        }

        var next = world;
        if (body is { Facility: { } facility, Area: { } name })
        {
            if (BalanceRules.Find(world, statement, facility, name) is not { } area)
            {
                return BalanceRules.NoArea(statement, facility, name);
            }

            if (area.Body.Accelerator != body.Accelerator)
            {
                return Effect.Refuse("body.accelerator", $"`{area.Key}` holds `{area.Body.Accelerator}`", "name the kind of the area");
            }

            if (!area.Stock.IsCounted)
            {
                return Effect.Refuse("body.area", $"`{area.Key}` has never been counted", "count it first");
            }

            if (BalanceRules.RefuseTime("body.on", body.On, area, at) is { } refused)
            {
                return refused;
            }

            if (body.Change < 0 && area.Stock.LeastFrom(body.On) + body.Change < 0)
            {
                return Effect.Refuse("body.count", $"more than the {area.Stock.LeastFrom(body.On)} that are there from then on", "count the area again, or correct the number");
            }

            next = BalanceRules.Changed(world, area, area with { Stock = area.Stock.With(new StockEvent(body.On, null, body.Change, at)) });
        }

        if (!body.HasTwoEnds)
        {
            return world.Movements.Any(m => m.Party == statement.Party && m.Body.Movement == body.Movement && m.Body.Step == body.Step)
                ? Effect.Refuse("body.movement", $"`{body.Movement}` is on record with this step", "choose another name")
                : Effect.Of(next with { Movements = next.Movements.Add(new MovementRecord(statement.Party, body, at)) });
        }

        var key = TransferKey.Of(statement.Party, body);
        var transfer = world.Transfers.GetValueOrDefault(key);
        if (transfer is not null && transfer.SideOf(statement.Party) is not null)
        {
            return Effect.Refuse("body.movement", $"`{body.Movement}` is on record from this end", "choose another name; a wrong figure is set right by a further movement");
        }

        if (transfer?.Ends[0].Body.Step == body.Step && TransferKey.IsShipment(body))
        {
            return Effect.Refuse("body.step", $"`{transfer.Ends[0].Party}` says `{Words.Of(body.Step)}` too", "the giver ships, the taker receives");
        }

        transfer = (transfer ?? new TransferRecord(key, [])).With(new TransferEnd(statement.Party, body, at));
        return Effect.Of(next with { Transfers = next.Transfers.SetItem(key, transfer), Movements = next.Movements.Add(new MovementRecord(statement.Party, body, at)) });
    }

    public static Effect Rentals(World world, Statement statement, RentalCommitmentsBody body, Moment at)
    {
        if (body.To > DateOnly.FromDateTime(at.Time.UtcDateTime))
        {
            return Effect.Refuse("body.to", "lies in the future", "send it once the period is over");
        }

        var key = (statement.Party, body.From);
        return world.RentalSets.ContainsKey(key)
            ? Effect.Refuse("body.from", $"rentals from {UtcTime.FormatDay(body.From)} on are on record", "send each period once: what is matched must not be changed to match")
            : Effect.Of(world with { RentalSets = world.RentalSets.Add(key, new RentalSet(statement.Party, body, at)) });
    }
}
