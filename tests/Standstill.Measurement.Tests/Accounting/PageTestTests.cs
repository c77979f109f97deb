using System.Globalization;
using CsCheck;
using Standstill.Measurement.Accounting;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Tests.Accounting;

/// <summary>Run lengths of Page's test against the literature (testdata/accounting/SOURCE.md) and against one another.</summary>
public sealed class PageTestTests
{
    [Theory]
    [InlineData("Brook-Evans-1972", 2)]
    [InlineData("Lucas-Crosier-1982", 22)]
    [InlineData("Vance-1986", 8)]
    [InlineData("Waldmann-1986", 4)]
    [InlineData("SAS-QC", 2)]
    [InlineData("SAS-QC-1999", 3)]
    public void Average_run_lengths_agree_with_published_tables_to_the_printed_digits(string paper, int rows)
    {
        var table = Rows("run-lengths.csv").Where(row => row[0] == paper).ToList();
        Assert.Equal(rows, table.Count);
        foreach (var row in table)
        {
            var limit = new PageLimit(Number(row[3]), Number(row[4]));
            var length = row[2] == "1"
                ? PageTest.AverageRunLength(limit, Number(row[5]), Number(row[6]))
                : PageTest.AverageRunLengthTwoSided(limit, Number(row[5]), Number(row[6]));
            AssertPrinted(row[7], length, row[8] == "yes");
        }
    }

    [Fact]
    public void Run_lengths_under_a_loss_that_grows_agree_with_Gan()
    {
        foreach (var row in Rows("drift.csv"))
        {
            var drift = Number(row[4]);
            var shifts = Enumerable.Range(0, 3000).Select(period => Math.Min(period * drift, 20)).ToArray();
            AssertPrinted(row[5], PageTest.AverageRunLength(new(Number(row[2]), Number(row[3])), shifts), row[6] == "yes");
        }
    }

    [Fact]
    public void Limits_tuned_for_a_run_length_agree_with_Hawkins()
    {
        foreach (var row in Rows("limits.csv"))
        {
            AssertPrinted(row[3], PageLimit.For(Number(row[1]), 2 * Number(row[2])).Interval, row[4] == "yes");
        }
    }

    [Fact]
    public void The_distribution_of_the_run_length_agrees_with_Waldmann()
    {
        // Table 2 for k = 0.5, h = 3: the median is 82, the 5 % quantile 9 (and the 95 % quantile 345, where the figures here give 346).
        Assert.True(PageTest.Detection(new(0.5, 3), new double[81]).Value < 0.5);
        Assert.True(PageTest.Detection(new(0.5, 3), new double[82]).Value >= 0.5);
        Assert.True(PageTest.Detection(new(0.5, 3), new double[8]).Value < 0.05);
        Assert.True(PageTest.Detection(new(0.5, 3), new double[9]).Value >= 0.05);
        Assert.Equal(0.95, PageTest.Detection(new(0.5, 3), new double[345]).Value, 3);
    }

    /// <summary>The two methods share no step: where a table differs from both, it is the table.</summary>
    [Theory]
    [InlineData(0.5, 3, 0)]
    [InlineData(0.5, 3, 1.5)]
    [InlineData(0, 10, -0.25)]
    [InlineData(0.25, 8, 2.5)]
    [InlineData(0.5, 4, 3)]
    [InlineData(0.6, 3, -0.2)]
    [InlineData(1.5, 1.6, 0)]
    public void The_integral_equation_and_the_Markov_chain_agree(double k, double h, double shift)
    {
        var (exact, chain) = (PageTest.AverageRunLength(new(k, h), shift), PageChain.Extrapolated(new(k, h), shift, 60));
        Assert.InRange(chain / exact, 1 - 3e-6, 1 + 3e-6);
    }

    [Fact]
    public void A_tuned_limit_has_the_run_length_that_was_asked_for()
    {
        var cases =
            from k in Gen.Double[0.02, 1.5]
            from log in Gen.Double[3, 14]
            select (k, length: Math.Exp(log));
        cases.Hold(one => Assert.InRange(PageTest.AverageRunLength(PageLimit.For(one.k, one.length)) / one.length, 1 - 1e-8, 1 + 1e-8), 40);
    }

    [Fact]
    public void A_run_length_too_short_for_any_limit_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PageLimit.For(0.5, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => PageLimit.For(0.5, double.NaN));
    }

    [Fact]
    public void Chances_of_detection_add_up_to_the_run_length()
    {
        var limit = new PageLimit(0.5, 2);
        double length = 1;
        for (var periods = 1; periods < 400; periods++)
        {
            length += 1 - PageTest.Detection(limit, Enumerable.Repeat(0.3, periods).ToArray(), 1).Value;
        }

        Assert.Equal(PageTest.AverageRunLength(limit, 0.3, 1), length, 6);
    }

    [Theory]
    [InlineData(0.5, 4, 0, 0, 168.0)]
    [InlineData(0.5, 4, 1, 2, 5.29)]
    public void Two_sided_run_lengths_are_those_of_a_simulation(double k, double h, double shift, double start, double published)
    {
        const int Runs = 20_000;
        var random = new SeededRandom(new Seed(new byte[32]));
        double sum = 0, squares = 0;
        for (var run = 0; run < Runs; run++)
        {
            var (up, down, periods) = (start, start, 0);
            while (up < h && down < h)
            {
                var z = random.NextNormal() + shift;
                (up, down, periods) = (Math.Max(0, up + z - k), Math.Max(0, down - z - k), periods + 1);
            }

            sum += periods;
            squares += (double)periods * periods;
        }

        var (mean, deviation) = (sum / Runs, Math.Sqrt((squares / Runs) - (sum / Runs * sum / Runs)) / Math.Sqrt(Runs));
        Assert.InRange(PageTest.AverageRunLengthTwoSided(new(k, h), shift, start), mean - (4 * deviation), mean + (4 * deviation));
        Assert.InRange(published, mean - (5 * deviation), mean + (5 * deviation));
    }

    private static void AssertPrinted(string printed, double ours, bool differs)
    {
        var decimals = printed.Contains('.') ? printed.Length - printed.IndexOf('.') - 1 : 0;
        var unit = Math.Pow(10, -decimals);
        if (differs)
        {
            // Then it must differ, or the list in SOURCE.md is wrong; and by little.
            Assert.False(Math.Abs(ours - Number(printed)) <= unit / 2, $"{ours} rounds to {printed}");
            Assert.InRange(ours / Number(printed), 1 - 0.012, 1 + 0.012);
            return;
        }

        Assert.True(Math.Abs(ours - Number(printed)) <= unit / 2 * (1 + 1e-9), $"{ours} is not {printed}");
    }

    private static IEnumerable<string[]> Rows(string file) => File.ReadLines($"testdata/accounting/{file}").Skip(1).Select(line => line.Split(','));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
