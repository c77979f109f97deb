using System.Collections.Immutable;
using Standstill.Protocol;
using Standstill.Protocol.Assurance;
using Standstill.Protocol.Balances;
using static Standstill.Node.Pages.Shape;

namespace Standstill.Node.Pages;

/// <summary>How a balance area stands.</summary>
/// <param name="Word">In a word.</param>
/// <param name="Class">The colour.</param>
public readonly record struct AreaState(string Word, string Class)
{
    /// <summary>Of an area of a world.</summary>
    public static AreaState Of(World world, BalanceArea area) =>
        area.Body.Closed ? new("given up", "gone")
        : area.Line.IsAlarmed ? new("alarm", "grave")
        : world.Overdue.Contains(area.Key) ? new("overdue", "grave")
        : area.Line.Design is null ? new("not tested", "notable")
        : area.BalancedTo is null ? new("no balance yet", "notable")
        : new("balances", "good");
}

/// <summary>The compute of one party, by what is known of it; sums only.</summary>
/// <param name="Party">Whose.</param>
/// <param name="FlopPerSecond">Accounted for, peak dense bf16 FLOP/s; rented compute with its tenant.</param>
/// <param name="Metered">Of the accelerators in its balance areas, peak dense bf16 FLOP/s.</param>
/// <param name="Areas">Its areas, those that are given up too.</param>
/// <param name="Assurance">What pacts reckon with, per cent; null where nothing is on record.</param>
/// <param name="Unsettled">What stands against it.</param>
public sealed record FleetParty(
    PartyId Party, double FlopPerSecond, double Metered, ImmutableArray<BalanceArea> Areas, int? Assurance, ImmutableArray<Unsettled> Unsettled)
{
    /// <summary>Every party with compute or a balance area, the largest first.</summary>
    public static ImmutableArray<FleetParty> Of(World world) =>
    [
        .. world.Shares.FlopPerSecond.Keys.Concat(world.Areas.Keys.Select(k => k.Party)).Distinct()
            .Select(p => Of(world, p))
            .OrderByDescending(p => Math.Max(p.FlopPerSecond, p.Metered)).ThenBy(p => p.Party),
    ];

    /// <summary>One party.</summary>
    public static FleetParty Of(World world, PartyId party)
    {
        var areas = world.AreasOf(party);
        return new FleetParty(
            party,
            world.Shares.FlopPerSecond.GetValueOrDefault(party),
            areas.Where(a => !a.Body.Closed).Sum(a => a.Stock.On(world.Now) * a.Body.PeakFlopPerSecond),
            areas,
            world.Facts.Assurance.TryGetValue(party, out var assurance) ? assurance : null,
            Protocol.Assurance.Unsettled.Of(world, party, world.Now));
    }
}

/// <summary>The fleet drawn: a bar a party, in proportion to its compute, cut into its balance areas; what is under no meter is hollow.</summary>
public static class FleetMap
{
    /// <summary>The most parties that are drawn.</summary>
    public const int MostParties = 40;

    /// <summary>The most areas of one party that are drawn apart; with more, they are summed by how they stand.</summary>
    public const int MostAreas = 60;

    // In pixels: what is small is still seen, and pointed at.
    private const double Least = 6;

    /// <summary>Lays the map out in a width.</summary>
    public static Picture Of(World world, ImmutableArray<FleetParty> fleet, double width)
    {
        var marks = ImmutableArray.CreateBuilder<Mark>();
        var most = Math.Max(1, fleet.Max(p => Math.Max(p.FlopPerSecond, p.Metered)));
        foreach (var (i, party) in fleet.Take(MostParties).Index())
        {
            var y = 4 + (i * 46.0);
            marks.Add(new Mark([Words(party.Party.Value, 0, y + 12, "name")], $"/compute/{party.Party}"));
            marks.Add(Mark.Of(Words(Figures.Large(Math.Max(party.FlopPerSecond, party.Metered), "FLOP/s"), width, y + 12, "tick", "end")));
            var scale = (width - 2) / most;
            marks.Add(Mark.Of(Box("outline", 0.5, y + 18, Math.Max(Math.Max(party.FlopPerSecond, party.Metered) * scale, Least), 18), $"{party.Party}: accounted for"));
            var x = 0.5;
            foreach (var (name, href, rate, state) in Parts(world, party))
            {
                marks.Add(new Mark([Box($"area {state.Class}", x + 0.5, y + 19, Math.Max((rate * scale) - 1, Least - 1), 16)], href, $"{name}: {Figures.Large(rate, "FLOP/s")}, {state.Word}"));
                x += rate * scale;
            }
        }

        return new Picture(width, 8 + (Math.Min(fleet.Length, MostParties) * 46), marks.ToImmutable());
    }

    /// <summary>What the map says, for those who cannot see it.</summary>
    public static string Describe(ImmutableArray<FleetParty> fleet) =>
        $"{fleet.Length} parties with accounted compute or balance areas, the largest first. " + string.Join(" ", fleet.Take(5).Select(p =>
            $"{p.Party}: {Figures.Large(p.FlopPerSecond, "FLOP/s")} accounted for, {Figures.Large(p.Metered, "FLOP/s")} in balance areas."));

    private static IEnumerable<(string Name, string? Href, double Rate, AreaState State)> Parts(World world, FleetParty party)
    {
        var parts = party.Areas.Where(a => !a.Body.Closed)
            .Select(a => (Name: a.Key.ToString(), Href: (string?)$"/compute/{a.Key}", Rate: a.Stock.On(world.Now) * a.Body.PeakFlopPerSecond, State: AreaState.Of(world, a)))
            .ToArray();
        return parts.Length <= MostAreas
            ? parts
            : parts.GroupBy(p => p.State).OrderBy(g => g.Key.Word, StringComparer.Ordinal).Select(g => ($"{g.Count()} areas of {party.Party}", (string?)$"/compute/{party.Party}", g.Sum(p => p.Rate), g.Key));
    }
}
