using System.Collections.Immutable;
using System.Security.Cryptography;
using Standstill.Measurement.Fleet;

namespace Standstill.Measurement.Tests.Fleet;

public sealed class WorldFleetTests
{
    private static readonly Seed Seed = new(SHA256.HashData("fleet"u8));
    private static readonly DateOnly EndOf2025 = new(2025, 12, 31);
    private static readonly ServiceLife Forever = new(1e6, 3);

    private static readonly ImmutableArray<FleetRow> Made =
        [.. new[] { "nvidia", "tpu", "trainium", "amd" }.SelectMany(maker => Rows($"{maker}_cumulative_by_chip.csv"))];

    [Fact]
    public void Every_published_table_is_read()
    {
        foreach (var (file, rows) in new[]
        {
            ("amd_cumulative_by_chip", 34), ("amd_owners_cumulative_totals", 33), ("coreweave_owners_cumulative_totals", 12), ("nvidia_cumulative_by_chip", 78),
            ("nvidia_cumulative_totals", 17), ("nvidia_owners_cumulative_by_chip", 263), ("nvidia_owners_cumulative_totals", 102), ("tpu_cumulative_by_chip", 59),
            ("tpu_cumulative_totals", 13), ("trainium_cumulative_by_chip", 16),
        })
        {
            Assert.Equal(rows, Rows(file + ".csv").Length);
        }

        var h100 = Assert.Single(Made, row => row.Chip == "H100" && row.To == EndOf2025);
        Assert.Equal(("Nvidia", new DateOnly(2022, 1, 1), false), (h100.Maker, h100.From, h100.Incomplete));
        Assert.Contains(Made, row => row.Incomplete && row.To == new DateOnly(2026, 3, 31));
    }

    [Theory]
    [InlineData("Chip manufacturer,Start date,End date\nX,13/1/2025,1/1/2026\n", "line 2, Start date: `13/1/2025` is not a date; write month/day/year, such as 3/31/2025")]
    [InlineData("Chip manufacturer,Start date\nX,1/1/2025\n", "line 1, header: column `End date` is missing; begin with `Chip manufacturer,Start date,End date`")]
    public void A_bad_table_is_refused_with_its_line(string text, string fault) =>
        Assert.Equal(fault, Assert.Single(Assert.IsType<FleetTable.Refused>(FleetTable.Read(text)).Faults).ToString());

    // Epoch AI publishes the total of Nvidia with limits of its own.
    [Fact]
    public void The_sum_of_a_makers_kinds_has_the_limits_of_its_published_total()
    {
        foreach (var total in Rows("nvidia_cumulative_totals.csv").Where(row => row.To.Year == 2025))
        {
            var nvidia = WorldFleet.On(
                [.. Made.Where(row => row.Maker == "Nvidia")], AcceleratorTable.BuiltIn, total.To, Assuming(FleetMeasure.Published), Seed).Makers.Single().Made;
            Assert.Equal(1, nvidia.Median / total.PublishedH100.Median, 0.02);
            Assert.Equal(1, nvidia.Low / total.PublishedH100.Low, 0.03);
            Assert.Equal(1, nvidia.High / total.PublishedH100.High, 0.03);
        }
    }

    // Others' H100-equivalents are ratios of dense 8-bit peaks: where the table and they differ, they count another form of the chip.
    [Fact]
    public void Published_equivalents_are_those_of_8_bit_peaks_but_for_three_kinds()
    {
        var differing = new List<string>();
        foreach (var row in Made.Where(row => row.To == EndOf2025))
        {
            if (AcceleratorTable.BuiltIn.Find(row.Chip) is AcceleratorLookup.Found { Accelerator: { Peak8Bit: not null } kind }
                && Math.Abs((H100Equivalents.Of(kind, EquivalentMeasure.Dense8Bit) * row.Units.Median / row.PublishedH100.Median) - 1) > 0.01)
            {
                differing.Add(row.Chip);
            }
        }

        Assert.Equal(["B200", "B300", "Instinct MI355X"], differing.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_tpu_v4_is_twice_as_much_at_bf16()
    {
        var tpu = Assert.IsType<AcceleratorLookup.Found>(AcceleratorTable.BuiltIn.Find("TPU v4")).Accelerator;
        Assert.Equal(275 / 989.4, H100Equivalents.Of(tpu, EquivalentMeasure.DenseBf16), 1e-12);
        Assert.Equal(275 / 1979.0, H100Equivalents.Of(tpu, EquivalentMeasure.Dense8Bit), 1e-12);
    }

    [Fact]
    public void Made_less_retired_less_declared_is_nobodys()
    {
        var all = WorldFleet.On(Made, AcceleratorTable.BuiltIn, EndOf2025, Assuming(FleetMeasure.DenseBf16), Seed);
        var some = WorldFleet.On(Made, AcceleratorTable.BuiltIn, EndOf2025, Assuming(FleetMeasure.DenseBf16, 5e6), Seed);
        Assert.Equal(all.Made, all.Nobodys);
        Assert.Equal(all.Nobodys.Median - 5e6, some.Nobodys.Median, 1e-6);
        Assert.Equal(all.Nobodys.Low - 5e6, some.Nobodys.Low, 1e-6);
        Assert.Equal(["AMD", "Amazon", "Google", "Nvidia"], all.Makers.Select(m => m.Maker).Order(StringComparer.Ordinal));
        Assert.Equal(["Instinct MI308X", "Instinct MI350X"], all.Lines.Where(line => line.Converted).Select(line => line.Chip));
    }

    [Fact]
    public void Correlation_between_makers_widens_the_interval()
    {
        FleetInterval With(double between, double within) => WorldFleet.On(
            Made, AcceleratorTable.BuiltIn, EndOf2025, Assuming(FleetMeasure.Units) with { Correlation = new FleetCorrelation(between, within) }, Seed).Made;
        var (apart, together) = (With(0, 0), With(1, 1));
        Assert.True(together.High - together.Low > 1.5 * (apart.High - apart.Low));

        // At a correlation of 1 percentiles add up.
        var lines = WorldFleet.On(Made, AcceleratorTable.BuiltIn, EndOf2025, Assuming(FleetMeasure.Units), Seed).Lines;
        Assert.Equal(1, together.Low / lines.Sum(line => line.Made.Low), 0.01);
        Assert.Equal(1, together.High / lines.Sum(line => line.Made.High), 0.01);
    }

    [Fact]
    public void Older_kinds_are_retired_first()
    {
        var fleet = WorldFleet.On(
            Made, AcceleratorTable.BuiltIn, EndOf2025, Assuming(FleetMeasure.Units) with { Life = ServiceLife.Assumed }, Seed);
        double InUse(string chip) => fleet.Lines.Single(line => line.Chip == chip).InUse;
        Assert.True(InUse("A100") < InUse("H100") && InUse("H100") < InUse("B200"));
        Assert.InRange(fleet.Retired.Median, 0.005 * fleet.Made.Median, 0.1 * fleet.Made.Median);
    }

    [Fact]
    public void A_life_of_one_shape_loses_the_same_share_each_year()
    {
        var life = new ServiceLife(5, 1);
        Assert.Equal(Math.Exp(-0.2), life.InUse(3) / life.InUse(2), 1e-12);
        Assert.Equal(1 / Math.E, new ServiceLife(7, 3).InUse(7), 1e-12);
        Assert.Equal(1, life.InUse(-1));
    }

    [Fact]
    public void Nothing_is_counted_after_the_day() => Assert.All(
        WorldFleet.On(Made, AcceleratorTable.BuiltIn, new DateOnly(2024, 6, 30), Assuming(FleetMeasure.Units), Seed).Lines,
        line => Assert.True(line.To <= new DateOnly(2024, 6, 30) && !line.Incomplete));

    [Fact]
    public void Owners_have_what_the_table_last_said()
    {
        var owned = FleetOwners.On([.. Rows("nvidia_owners_cumulative_totals.csv"), .. Rows("amd_owners_cumulative_totals.csv")], EndOf2025);
        var oracle = Assert.Single(owned, holding => holding.Owner == "Oracle" && holding.Maker == "Nvidia");
        Assert.Equal(EndOf2025, oracle.To);
        Assert.Equal(7_454_560, owned.Where(holding => holding.Maker == "Nvidia").Sum(holding => holding.Units.Median));
        Assert.Equal(923_812, owned.Where(holding => holding.Maker == "AMD").Sum(holding => holding.Units.Median));
    }

    [Fact]
    public void A_correlation_that_cannot_be_is_refused() =>
        Assert.Throws<ArgumentException>(() => WorldFleet.On(
            Made, AcceleratorTable.BuiltIn, EndOf2025, Assuming(FleetMeasure.Units) with { Correlation = new FleetCorrelation(0.6, 0.5) }, Seed));

    private static FleetAssumptions Assuming(FleetMeasure measure, double declared = 0) => new(measure, Forever, FleetCorrelation.Assumed, declared);

    private static ImmutableArray<FleetRow> Rows(string file) =>
        Assert.IsType<FleetTable.Accepted>(FleetTable.Read(File.ReadAllText($"testdata/fleet/{file}"))).Rows;
}
