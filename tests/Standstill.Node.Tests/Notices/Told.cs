using Standstill.Node.Notices;

namespace Standstill.Node.Tests.Notices;

/// <summary>Short ways to start a node that tells, and to make something happen.</summary>
internal static class Told
{
    public static NoticeSettings By(params Subscription[] subscriptions) => new(new Uri("https://registry.example/"), [.. subscriptions])
    {
        Patience = new Patience(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200)),
    };

    /// <summary>A lab, a panel member and a trigger: what a pact needs.</summary>
    public static async Task<RunningNode> FoundAsync(this Task<RunningNode> starting)
    {
        var node = await starting;
        await node.EnrolAsync("ash");
        await node.EnrolAsync("hazel", "panel-member", constituency: "research");
        await node.TellAsync("hazel.key", "trigger-proposed", new { trigger = "long-work", text = Testing.PactStory.Trigger, rationale = "sample" });
        return node;
    }

    /// <summary>One notice: a pact is opened.</summary>
    public static Task OpenAsync(this RunningNode node, string pact, string voice = "ash.key") => node.TellAsync(voice, "pact-opened", new
    {
        pact,
        title = $"Pact {pact}",
        text = "large runs stop",
        allowed = new[] { "inference" },
        trigger = "long-work",
        noticeDays = 14,
        cureDays = 21,
        withdrawalDays = 30,
    });

    /// <summary>Two notices: a commitment, and a coalition.</summary>
    public static Task CommitAsync(this RunningNode node, string pact) => node.TellAsync("ash.key", "commitment", new { pact, condition = "always" });
}
