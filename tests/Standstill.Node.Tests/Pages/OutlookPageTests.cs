using System.Globalization;
using System.Net;
using Standstill.Measurement;
using Standstill.Measurement.Capability;

namespace Standstill.Node.Tests.Pages;

/// <summary>The capability page from METR's published horizons: what it forecasts, and what became of past forecasts.</summary>
public sealed class OutlookPageTests
{
    [Fact]
    public async Task The_page_forecasts_from_the_evidence_and_shows_what_became_of_past_forecasts()
    {
        await using var node = await StartedNode.StartAsync(sample: true);
        node.Clock.Now = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
        var fern = await Registrant.EnrolAsync(node, "fern", "evaluator", "Fern");
        foreach (var figure in Published())
        {
            await fern.SayAsync("capability-result", new
            {
                source = "fern-suite",
                citation = "published",
                model = figure.Model,
                released = figure.Released.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                p50Minutes = figure.P50.Value,
                p50Low = figure.Limits95?.Low.Value,
                p50High = figure.Limits95?.High.Value,
                censoring = figure.Censoring == Censoring.AtLeast ? "at-least" : "none",
            });
        }

        using var response = await node.Http.GetAsync("/capability", TestContext.Current.CancellationToken);
        var page = await Html.ReadAsync(response);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.All(
            [
                "A forecast from 2026-04-07, the latest release.",
                "a working week, 40 h",
                "a working year, 2,000 h",
                "What became of past forecasts",
                "Shapes of trend through all frontier models",
                "two slopes",
                "Does progress speed up? The best bend is at 2024-04-29: doubling every 248 days before it, doubling every 105 days after",
            ],
            fact => Assert.Contains(fact, page.Words, StringComparison.Ordinal));

        // One slope nine months ahead, from docs/capability/forecasts.md: three of seven intervals held.
        Assert.Contains("one slope 9 7 43 %", page.Words, StringComparison.Ordinal);
        Assert.Equal(2, page.Tags.Count(tag => tag.Attributes.GetValueOrDefault("class") == "fan wide"));
        Assert.Equal(3, page.Tags.Count(tag => tag.Attributes.GetValueOrDefault("class") == "crossing"));
        Assert.Contains(page.Tags, tag => tag.Attributes.GetValueOrDefault("class") == "bar");
    }

    private static IEnumerable<PublishedHorizon> Published() =>
        ((PublishedHorizonReading.Table)PublishedHorizonTable.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "metr-th1-1.csv")))).Horizons;
}
