using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Standstill.Node.Tests.Pages;

public sealed class PageTests(HostileRegistry registry) : IClassFixture<HostileRegistry>
{
    private static readonly string[] Paths =
        ["/", "/capability", "/pacts", "/pacts/pause", "/pacts/later", "/pacts/pause/what-if", "/pacts/pause/what-if?out=birch", "/pacts/later/what-if", "/pacts/pause/timeline", "/pacts/later/timeline", "/parties", "/parties/ash", "/parties/birch", "/parties/cedar", "/parties/operator", "/ledger", "/ledger?before=20", "/ledger/0", "/about"];

    [Theory]
    [InlineData("/", "grave", "In force since", "What would change it", "World digest", "1 void")]
    [InlineData("/capability", "Frontier horizon, 50 % at least 16 h", "Longest task measured 30 h", "pause: 1 h", "There is no forecast", "Whether progress speeds up cannot be told", "at least 16 h", "1.67 h", "yes", "80 % (70 % to 88 %)", "the panel", "stricter", "sustained for 30 days", "proposed by")]
    [InlineData("/pacts", "in force", "ash, birch", "cedar", "Later", "open")]
    [InlineData("/pacts/pause", "in force", "No training run above 1 × 10²⁶ FLOP", "10 days from an upheld allegation", "in cure", "leaves at", "cedar is out", "pivotal", "upheld, to be cured by", "gave notice", "The pause is in force.", "all of birch and at least 60% of accounted compute")]
    [InlineData("/pacts/later", "Nobody has committed yet", "which no version of is policy", "after 90 days", "Nobody has to stop anything")]
    [InlineData("/parties", "ash", "panel member, research", "75 %")]
    [InlineData("/parties/ash", "12.5 MW", "3,000", "2.97 × 10¹⁸ FLOP/s", "75 % of what is accounted for", "3 × 10²⁶ FLOP", "root", "operations, compute, evidence, governance", "nowhere")]
    [InlineData("/parties/fern", "Reports under fern-suite", "Fern & Sons")]
    [InlineData("/ledger", "unknown predicate", "trigger long-work version 2", "Older")]
    [InlineData("/ledger/0", "charter", "The proof holds.", "standstill receipt verify entry-0.tlog-proof --entry entry-0 --key 'standstill.example/pages+", "standstill audit http://127.0.0.1:")]
    [InlineData("/about", "/openapi/v1.json", "c2sp.org/tlog-tiles", "quorum 1 of 1", "standstill audit")]
    public async Task A_page_says_what_the_fold_derived(string path, params string[] facts)
    {
        var page = await registry.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("text/html", page.Type);
        Assert.All(facts, fact => Assert.Contains(fact, page.Words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_page_names_each_finding_with_its_entry_and_the_digest_of_the_api()
    {
        var page = await registry.GetAsync("/");
        foreach (var finding in Protocol.Findings.Of(registry.Node.Current.World))
        {
            Assert.Contains(finding.Text.Replace("`", " ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1], page.Words, StringComparison.Ordinal);
            Assert.Contains($"/ledger/{finding.Since.Entry}", page.All("href"));
        }

        var digest = HostileRegistry.Parse(await registry.Http.GetStringAsync("/api/world/digest")).GetProperty("digest").GetString()!;
        Assert.Contains(digest, page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_parties_write_is_shown_as_they_wrote_it_and_never_as_markup()
    {
        var name = (await registry.GetAsync("/parties")).Words;
        Assert.Contains(HostileRegistry.Script, name, StringComparison.Ordinal);
        Assert.Contains(HostileRegistry.Long, name, StringComparison.Ordinal);
        Assert.Contains(HostileRegistry.Turned, name, StringComparison.Ordinal);
        Assert.Contains(HostileRegistry.Image, (await registry.GetAsync("/capability")).Words, StringComparison.Ordinal);
        Assert.Contains(HostileRegistry.Image, (await registry.GetAsync("/pacts/pause")).Words, StringComparison.Ordinal);
        Assert.Contains(HostileRegistry.Image, (await registry.GetAsync("/parties/ash")).Words, StringComparison.Ordinal);

        // Reading a page refuses every `<` that does not begin a plain tag.
        foreach (var page in (await CrawlAsync()).Values)
        {
            Assert.DoesNotContain(page.Tags, t => t.Name == "img" || t.Attributes.Keys.Any(a => a.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
        }
    }

    [Fact]
    public async Task Marks_that_turn_the_text_are_escaped_where_a_statement_is_shown_as_it_was_signed()
    {
        for (var index = registry.Node.Current.World.Size - 1; index >= 0; index--)
        {
            var page = await registry.GetAsync($"/ledger/{index}");
            if (page.Words.Contains("Entry " + index + ": heartbeat", StringComparison.Ordinal))
            {
                Assert.Contains("مختبر \\u202etxet denrut", page.Words, StringComparison.Ordinal);
                return;
            }
        }

        Assert.Fail("the story has a heartbeat");
    }

    [Fact]
    public async Task No_page_carries_a_script_or_a_style_of_its_own()
    {
        foreach (var path in Paths.Append("/no-such-page"))
        {
            var page = await registry.GetAsync(path);
            Assert.StartsWith("default-src 'none'; style-src 'self'; script-src 'self'", page.Csp, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", page.Csp, StringComparison.Ordinal);
            Assert.DoesNotContain(page.Tags, t => t.Name == "style" || t.Attributes.ContainsKey("style"));
            Assert.All(page.Tags.Where(t => t.Name == "script"), t =>
            {
                Assert.StartsWith("/assets/", t.Attributes["src"], StringComparison.Ordinal);
                Assert.StartsWith("</script>", page.Text[t.End..], StringComparison.Ordinal);
            });
            Assert.All(page.All("href").Concat(page.All("src")), address => Assert.Matches("^(/|#)", address));
        }
    }

    [Fact]
    public async Task Every_link_on_every_page_leads_somewhere()
    {
        var seen = (await CrawlAsync()).Keys;
        Assert.Contains("/pacts/pause", seen);
        Assert.Contains("/parties/cedar", seen);
        Assert.Contains("/ledger/0", seen);
        Assert.Contains("/openapi/v1.json", seen);
    }

    [Theory]
    [InlineData("/pacts/none")]
    [InlineData("/pacts/NOT%20A%20NAME")]
    [InlineData("/parties/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/ledger/999999")]
    [InlineData("/ledger/-1")]
    [InlineData("/ledger/one")]
    [InlineData("/ledger/99999999999999999999999")]
    [InlineData("/no/such/page")]
    [InlineData("/assets-of-mine")]
    public async Task What_is_not_there_is_said_on_a_page_to_people(string path)
    {
        var page = await registry.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("text/html", page.Type);
        Assert.Contains("Not found", page.Words, StringComparison.Ordinal);
        Assert.Contains("/ledger", page.All("href"));
    }

    [Theory]
    [InlineData("/api/entries/999999")]
    [InlineData("/api/nothing")]
    [InlineData("/tile/0/999")]
    [InlineData("/assets/none.css")]
    public async Task Programs_get_problem_details_whatever_they_accept(string path)
    {
        var answer = await registry.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("application/problem+json", answer.Type);
    }

    [Theory]
    [InlineData("/ledger?before=x")]
    [InlineData("/ledger?before=-3")]
    [InlineData("/ledger?before=99999999999999999999")]
    [InlineData("/capability?source=none&since=yesterday")]
    [InlineData("/capability?since=9999-12-31")]
    [InlineData("/capability?since=2024-01-01")]
    public async Task A_query_that_says_nothing_shows_the_page_as_it_is(string path) =>
        Assert.Equal(HttpStatusCode.OK, (await registry.GetAsync(path)).Status);

    [Fact]
    public async Task The_trend_starts_where_it_is_asked_to()
    {
        var all = (await registry.GetAsync("/capability")).Words;
        var late = (await registry.GetAsync("/capability?since=2024-01-01")).Words;
        Assert.Contains("Doubling time over all models", all, StringComparison.Ordinal);
        Assert.Contains("Doubling time since 2024-01-01", late, StringComparison.Ordinal);
        var doubling = new Regex("doubles every (?<days>[0-9.]+) days", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        Assert.NotEqual(doubling.Match(all).Groups["days"].Value, doubling.Match(late).Groups["days"].Value);
    }

    [Fact]
    public async Task The_chart_draws_every_model_and_its_table_has_the_same_entries()
    {
        var page = await registry.GetAsync("/capability");
        var points = page.Tags.Where(t => t.Attributes.GetValueOrDefault("class")?.StartsWith("point ", StringComparison.Ordinal) == true).ToList();
        var world = registry.Node.Current.World;
        Assert.Equal(2 * world.Horizons.Count, points.Count);
        Assert.Equal(2 * 4, points.Count(p => p.Attributes["class"] == "point frontier"));
        Assert.Equal(2, page.Tags.Count(t => t.Attributes.GetValueOrDefault("class") == "bound"));
        Assert.All(world.Horizons.Values, h => Assert.Equal(2 + 1, page.All("href").Count(a => a == $"/ledger/{h.Entry}") - ExplainedIn(page, h.Entry.Value)));

        // The explanation of the trigger lists the entries as well, once in each of its comparisons of the frontier.
        static int ExplainedIn(Html page, long entry)
        {
            var from = page.Text.IndexOf("id=\"triggers\"", StringComparison.Ordinal);
            return new Regex($"href=\"/ledger/{entry}\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Count(page.Text, from);
        }
    }

    [Fact]
    public async Task The_hashes_on_an_entry_page_lead_to_the_root_of_the_checkpoint()
    {
        var root = (await registry.Http.GetStringAsync("/checkpoint")).Split('\n')[2];
        var size = registry.Node.Current.World.Size;
        for (long index = 0; index < size; index++)
        {
            var page = (await registry.GetAsync($"/ledger/{index}")).Text;
            var ladder = page[page.IndexOf("<ol class=\"ladder\"", StringComparison.Ordinal)..page.IndexOf("The published checkpoint</h3>", StringComparison.Ordinal)];
            var hashes = new Regex("<code class=\"hash\">(?<hash>[^<]*)</code>", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Matches(ladder)
                .Select(m => Convert.FromBase64String(WebUtility.HtmlDecode(m.Groups["hash"].Value))).ToArray();
            var sides = new Regex("joined with, on the (?<side>left|right)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Matches(ladder).Select(m => m.Groups["side"].Value).ToArray();
            var entry = await registry.Http.GetByteArrayAsync($"/api/entries/{index}/raw");
            var node = SHA256.HashData([0, .. entry]);
            Assert.Equal(node, hashes[0]);
            for (var i = 0; i < sides.Length; i++)
            {
                var sibling = hashes[1 + (2 * i)];
                node = SHA256.HashData(sides[i] == "left" ? [1, .. sibling, .. node] : [1, .. node, .. sibling]);
                Assert.Equal(node, hashes[2 + (2 * i)]);
            }

            Assert.Equal(root, Convert.ToBase64String(node));
            Assert.Equal(root, Convert.ToBase64String(hashes[^1]));
        }
    }

    [Fact]
    public async Task A_page_can_be_read_by_a_screen_reader()
    {
        foreach (var path in Paths)
        {
            var page = await registry.GetAsync(path);
            Assert.Equal("en", page.Tags.Single(t => t.Name == "html").Attributes["lang"]);
            Assert.Single(page.Tags, t => t.Name == "h1");
            Assert.Single(page.Tags, t => t.Name == "main");
            Assert.Contains("#content", page.All("href"));
            Assert.Equal(page.Tags.Count(t => t.Name == "table"), page.Tags.Count(t => t.Name == "caption"));
            Assert.All(page.Tags.Where(t => t.Name == "th"), t => Assert.Contains(t.Attributes.GetValueOrDefault("scope"), new[] { "col", "row" }));
            Assert.All(page.Tags.Where(t => t.Name == "svg"), t => Assert.Contains(t.Attributes["role"], new[] { "img", "group" }));
            var ids = page.All("id").ToList();
            Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
            Assert.All(page.All("aria-labelledby").Concat(page.All("aria-describedby")), id => Assert.Contains(id, ids));
            Assert.Single(page.Tags, t => t.Attributes.GetValueOrDefault("aria-current") is "page" or "true");
            Assert.Contains("nothing here binds anybody", page.Words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Style_and_script_are_kept_by_the_browser_until_they_change()
    {
        var page = await registry.GetAsync("/");
        foreach (var address in page.All("href").Concat(page.All("src")).Where(a => a.StartsWith("/assets/", StringComparison.Ordinal)))
        {
            using var response = await registry.Http.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.True(response.Content.Headers.ContentLength > 100);
            Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            using var stale = await registry.Http.GetAsync(address.Split('?')[0] + "?v=old");
            Assert.True(stale.Headers.CacheControl!.NoCache);
        }
    }

    [Fact]
    public async Task An_empty_registry_says_so_on_every_page()
    {
        await using var empty = await StartedNode.StartAsync(sample: false);
        foreach (var (path, words) in new[]
        {
            ("/", "The registry waits for its first statements"), ("/capability", "No capability result is on record yet"), ("/pacts", "No pact has been opened yet"),
            ("/compute", "Nothing is counted yet"), ("/inspections", "None is open"),
            ("/parties", "operator"), ("/ledger", "founds"), ("/about", "You need not trust this node"),
        })
        {
            using var response = await empty.Http.GetAsync(path);
            var page = await Html.ReadAsync(response);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains(words, page.Words, StringComparison.Ordinal);
            Assert.DoesNotContain("nothing here binds anybody", page.Words, StringComparison.Ordinal);
        }
    }

    /// <summary>Follows every link from the first page on; fails on one that leads nowhere. Returns what it found; what is no page is empty.</summary>
    private async Task<Dictionary<string, Html>> CrawlAsync()
    {
        var pages = new Dictionary<string, Html>(StringComparer.Ordinal);
        var wanted = new List<(string From, string Path, string Fragment)> { ("", "/", "") };
        for (var i = 0; i < wanted.Count; i++)
        {
            var (from, path, _) = wanted[i];
            if (pages.ContainsKey(path))
            {
                continue;
            }

            using var response = await registry.Http.GetAsync(path);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{from} links to {path}: {(int)response.StatusCode}");
            var isPage = response.Content.Headers.ContentType?.MediaType == "text/html";
            pages.Add(path, isPage ? await Html.ReadAsync(response) : new Html(HttpStatusCode.OK, "", "", ""));
            foreach (var address in pages[path].All("href"))
            {
                var parts = address.Split('#', 2);
                wanted.Add((path, parts[0].Length == 0 ? path : parts[0], parts.Length == 2 ? parts[1] : ""));
            }
        }

        foreach (var (from, path, fragment) in wanted.Where(w => w.Fragment.Length > 0))
        {
            Assert.True(pages[path].All("id").Contains(fragment), $"{from} links to {path}#{fragment}, which has no such place");
        }

        return pages;
    }
}
