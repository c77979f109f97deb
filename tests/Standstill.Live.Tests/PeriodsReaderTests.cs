using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Standstill.Live.Http;

namespace Standstill.Live.Tests;

/// <summary>What is posted, changed in every way: read or refused, never thrown at.</summary>
public sealed partial class PeriodsReaderTests
{
    private static readonly string[] Odd = ["null", "true", "-1", "1e308", "-1e308", "9223372036854775808", "\"\"", "\"2031-01-06T00:00:00Z\"", "\"a/b\"", "[]", "{}", "[null]"];

    private static readonly string Posted = HttpBodies.Periods(SampleAreas.Periods(0, 3).Select(p => new AreaPeriod(SampleAreas.Key("sample-ash", 0), p))).ToJsonString();

    private static readonly string Opened = HttpBodies.Opening(SampleAreas.Opening("sample-ash", 3)).ToJsonString();

    [Fact]
    public void What_the_mutations_begin_with_is_good()
    {
        Assert.True(PeriodsReader.Periods(Encoding.UTF8.GetBytes(Posted)).IsGood);
        Assert.True(PeriodsReader.Opening(Encoding.UTF8.GetBytes(Opened)).IsGood);
    }

    [Theory]
    [InlineData(0.001, 12)]
    [InlineData(0.001, 35_040)]
    [InlineData(4, 12)]
    [InlineData(4, 35_040)]
    public void The_outermost_designs_that_are_read_have_limits(double rate, int periods)
    {
        var tests = (SampleAreas.Design with { FalseAlarmsPerYear = rate, PeriodsPerYear = periods }).Tuned();

        Assert.True(tests.Abrupt.Interval > 0 && tests.Slow.Interval > 0);
    }

    [Fact]
    public void No_value_in_the_place_of_another_makes_reading_throw() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, Odd.Length - 1].Select(i => Odd[i])).Array[1, 3].Sample(
            changes =>
            {
                foreach (var (text, read) in new (string, Func<byte[], bool>)[] { (Posted, b => PeriodsReader.Periods(b).IsGood), (Opened, b => PeriodsReader.Opening(b).IsGood) })
                {
                    read(Encoding.UTF8.GetBytes(changes.Aggregate(text, Change)));
                }
            },
            iter: 10_000,
            seed: "0N0XIzNsQ0O2");

    [Fact]
    public void No_byte_makes_reading_throw() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                var bytes = Encoding.UTF8.GetBytes(Posted);
                foreach (var (place, value) in changes)
                {
                    bytes[place % bytes.Length] = value;
                }

                _ = PeriodsReader.Periods(bytes).IsGood;
                _ = PeriodsReader.Opening(bytes).IsGood;
            },
            iter: 10_000,
            seed: "0N0XIzNsQ0O2");

    private static string Change(string text, (int Place, string Value) change)
    {
        var values = Values().Matches(text);
        var value = values[change.Place % values.Count].Groups["value"];
        return string.Concat(text.AsSpan(0, value.Index), change.Value, text.AsSpan(value.Index + value.Length));
    }

    [GeneratedRegex("""[:,\[](?<value>"[^"]*"(?!:)|-?[0-9.eE+-]+|null|true|false|\{|\[)""", RegexOptions.None, 10_000)]
    private static partial Regex Values();
}
