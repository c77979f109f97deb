using System.Net;
using Standstill.Node.Pages;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Testing;

namespace Standstill.Node.Tests.Pages;

/// <summary>The what-if board and the timeline, read as a browser without a script reads them.</summary>
public sealed class PactPagesTests(HostileRegistry registry) : IClassFixture<HostileRegistry>
{
    [Fact]
    public async Task The_board_begins_with_what_stands_and_has_a_row_for_everybody_who_could_sign()
    {
        var page = await registry.GetAsync("/pacts/pause/what-if");
        var boxes = page.Tags.Where(t => t.Attributes.GetValueOrDefault("name") == "signed").ToArray();

        Assert.Contains("As it stands, ash and birch hold together.", page.Words, StringComparison.Ordinal);
        Assert.Equal(["ash", "birch", "cedar"], boxes.Where(b => b.Attributes.ContainsKey("checked")).Select(b => b.Attributes["value"]));
        Assert.Equal(12 + 3, boxes.Length);
        Assert.Contains(page.Tags, t => t.Name == "form" && t.Attributes["method"] == "get" && t.Attributes["action"] == "/pacts/pause/what-if");
    }

    [Fact]
    public async Task A_form_sent_without_a_script_becomes_an_address_that_says_only_what_is_supposed()
    {
        const string fields = "?row=ash&signed=ash&when.ash=&flop.ash=1e15&row=birch&when.birch=&row=cedar&signed=cedar&when.cedar=all+of+ash%3B&row=gorse&signed=gorse&row=fern&when.fern=&assurance.fern=&world=";
        var page = await registry.GetAsync("/pacts/pause/what-if" + fields);
        using var answer = await registry.Http.GetAsync("/pacts/pause/what-if" + fields, TestContext.Current.CancellationToken);

        Assert.Equal("/pacts/pause/what-if?flop=ash:1e15&out=birch&when=cedar:all+of+ash%3B&in=gorse", answer.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("birch is out; cedar signs on the condition", page.Words.Replace("`", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_board_tells_why_the_cascade_who_is_pivotal_and_what_to_try()
    {
        var page = await registry.GetAsync("/pacts/pause/what-if?out=birch");

        Assert.All(
            ["Nobody would be bound. ash and birch would be out.", "Round 1", "ash is struck out: all of birch fails without birch", "Then nobody is left.", "The signature of birch would do."],
            words => Assert.Contains(words, page.Words, StringComparison.Ordinal));
        Assert.Contains("/pacts/pause/what-if?in=birch", page.All("href"));
        Assert.Contains("/api/pacts/pause/what-if?out=birch", page.All("href"));
    }

    [Fact]
    public async Task What_makes_no_sense_is_said_beside_the_pact_as_it_stands_and_stays_in_its_field()
    {
        var page = await registry.GetAsync("/pacts/pause/what-if?flop=ash:%22%3E%3Cscript%3E&when=birch:fewer+than+2+parties");

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("2 things make no sense", page.Words, StringComparison.Ordinal);
        Assert.Contains("As it stands, ash and birch hold together.", page.Words, StringComparison.Ordinal);
        Assert.Contains("\"><script>", page.All("value"));
        Assert.Contains("fewer than 2 parties", page.All("value"));
    }

    [Theory]
    [InlineData("/pacts/none/what-if", HttpStatusCode.NotFound)]
    [InlineData("/pacts/none/timeline", HttpStatusCode.NotFound)]
    [InlineData("/pacts/pause/timeline?asOf=tomorrow", HttpStatusCode.BadRequest)]
    [InlineData("/pacts/pause/timeline?asOf=2020-01-01", HttpStatusCode.BadRequest)]
    [InlineData("/pacts/pause/timeline?asOf=9999-01-01", HttpStatusCode.BadRequest)]
    [InlineData("/pacts/pause/timeline?asOf=2150-01-01", HttpStatusCode.OK)]
    [InlineData("/pacts/pause/timeline?asOf=", HttpStatusCode.OK)]
    public async Task An_address_that_means_nothing_is_answered_with_a_page(string path, HttpStatusCode status)
    {
        var page = await registry.GetAsync(path);

        Assert.Equal((status, "text/html"), (page.Status, page.Type));
    }

    [Fact]
    public async Task The_timeline_tells_the_past_what_is_owed_and_what_time_alone_brings()
    {
        var page = await registry.GetAsync("/pacts/pause/timeline");

        Assert.All(
            ["ash has to cure what was upheld against it", "birch stays bound while its notice runs until 20", "ash stops what the pact stops", "ash is in breach: what big-run alleged was not cured in time.", "The pause is in force."],
            words => Assert.Contains(words, page.Words, StringComparison.Ordinal));
        Assert.Contains("/pacts/pause/calendar.ics", page.All("href"));
        Assert.Contains("/pacts/pause/feed.atom", page.All("href"));
    }

    [Fact]
    public async Task The_timeline_of_a_later_time_shows_what_time_alone_will_have_brought()
    {
        var page = await registry.GetAsync("/pacts/pause/timeline?asOf=2027-01-01");

        Assert.Contains("That is what time alone will have brought by then", page.Words, StringComparison.Ordinal);
        Assert.Contains("Nobody owes anything under this pact then.", page.Words, StringComparison.Ordinal);
        Assert.Contains("Nothing: no deadline runs.", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pact_is_summed_up_in_plain_words_first()
    {
        Assert.Contains(": ash and birch are bound by it. It ends when the trigger's release level is met, or when all bound members agree. If any one of ash and birch left", (await registry.GetAsync("/pacts/pause")).Words, StringComparison.Ordinal);
        Assert.Contains("Nobody is bound by this pact, and nobody has committed to it. It begins with commitments.", (await registry.GetAsync("/pacts/later")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bars_end_where_the_fold_says_that_pact_and_members_stand()
    {
        var world = registry.Node.Current.World;
        foreach (var id in world.Pacts.Keys)
        {
            Told(world, id);
        }
    }

    [Fact]
    public void The_bars_follow_a_pact_of_version_2_through_preparation_silence_breach_and_release()
    {
        const string text = """
            pact "Standstill"
              stop training runs above 1e26 FLOP
              trigger long-work
              prepare within 7 days
              notice 14 days
              cure 30 days
              rulings within 30 days
              silence 5 days
              owe heartbeat every 1 day
              withdraw with 90 days of notice
              blackout 0 days
              probation 180 days
              lasts at most 100 days
              release by trigger
              lift to 50% after 30 days
            """;
        var id = new PactId("standstill");
        var story = PactStory.Founded().Tell("ash.key", "pact-opened-v2", new { pact = "standstill", text })
            .Tell("ash.key", "commitment-v2", new { pact = "standstill", text = "stop when all of birch slowed by 50%" })
            .Tell("birch.key", "commitment-v2", new { pact = "standstill", text = "slow by 50% when always" })
            .Tell("cedar.key", "commitment-v2", new { pact = "standstill", text = "slow by 50% when always" });
        Told(story.World, id);
        PactStory.Report(story, "model-x", 720, 600, 900);
        Assert.IsType<PactStage.Preparing>(story.World.Pacts[id].Stage);
        foreach (var party in new[] { "birch", "cedar" })
        {
            story.Tell(party + ".key", "readiness", new { pact = "standstill", coalition = story.World.Pacts[id].CoalitionHash!.Value.Hex });
            Told(story.World, id);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var day = 1; day < 300; day++)
        {
            var later = story.World.AsOf(story.World.Now.AddDays(day));
            Told(later, id);
            seen.UnionWith(later.Pacts[id].Members.Values.Select(m => StandingText.Name(m.Standing)).Append(StandingText.Name(later.Pacts[id].Stage)));
        }

        Assert.Superset(new HashSet<string>(["preparing", "dropped out", "in notice", "in force", "suspected", "in breach", "open"]), seen);
    }

    /// <summary>The bars of a timeline, cut at a time, against the state that the fold has then.</summary>
    internal static void Told(World world, PactId id)
    {
        var timeline = PactTimeline.Of(world, id);
        var pact = world.Pacts[id];
        Assert.Equal(StandingText.Name(pact.Stage), At(timeline.Bars[0]));
        Assert.Equal(pact.Members.Keys.Select(p => p.Value), timeline.Bars.Skip(1).Select(b => b.Name));
        Assert.All(timeline.Bars.Skip(1), bar =>
        {
            var member = pact.Members[new PartyId(bar.Name)];
            var leaving = member is { LeavesAt: not null, Standing: Standing.Bound } ? ", leaving" : "";
            Assert.Equal(StandingText.Name(member.Standing) + leaving, At(bar));
        });

        string At(TimeBar bar) => bar.Stretches.Last(s => s.From <= timeline.Present).Word;
    }
}
