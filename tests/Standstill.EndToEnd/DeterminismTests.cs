namespace Standstill.EndToEnd;

/// <summary>The same ledger gives the same world, to the bit, whatever the machine's cores, instructions, clock or language.</summary>
public sealed class DeterminismTests(ToldDemo demo)
{
    public static TheoryData<string> Environments =>
    [
        "DOTNET_PROCESSOR_COUNT=1 TZ=Asia/Kathmandu",
        "DOTNET_PROCESSOR_COUNT=2 TZ=America/St_Johns",
        "DOTNET_PROCESSOR_COUNT=16 DOTNET_gcServer=1",
        "LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0 DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY=0",
        "LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0",
        "LANG=ar_SA.UTF-8 LC_ALL=ar_SA.UTF-8 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0",
        "LANG=fa_IR.UTF-8 LC_ALL=fa_IR.UTF-8 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0",
        "DOTNET_TieredCompilation=0",
        "DOTNET_TieredPGO=1 DOTNET_TC_QuickJitForLoops=1 DOTNET_OSR_HitLimit=1",
        "DOTNET_ReadyToRun=0 DOTNET_TieredCompilation=0",
        "DOTNET_EnableHWIntrinsic=0",
        "DOTNET_EnableAVX2=0 DOTNET_EnableFMA=0",
        "DOTNET_EnableAVX=0 DOTNET_EnableSSE42=0",
        "DOTNET_EnableAVX512=0 DOTNET_PreferredVectorBitWidth=128",
    ];

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task The_world_is_the_same_under(string environment)
    {
        var node = await demo.NodeAsync();
        var variables = environment.Split(' ').Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        foreach (var arguments in new[] { new[] { "world", node.Data, "--size", "285", "--json" }, ["audit", node.Data, "--json"] })
        {
            var usual = await Command.RunAsync(arguments);
            var other = await Command.RunAsync(arguments, environment: variables);
            Assert.Equal((0, ""), (usual.Status, usual.Errors));
            Assert.Equal((0, ""), (other.Status, other.Errors));
            Assert.Equal(usual.Output, other.Output);
        }
    }

    [Fact]
    public async Task The_story_told_twice_gives_the_same_world_but_for_what_follows_from_the_logs_keys()
    {
        using var directory = new TemporaryDirectory();
        await using var again = await RunningNode.DemoAsync(directory.At("data"));
        var node = await demo.NodeAsync();
        foreach (var section in new[] { "horizons", "pacts", "facilities", "runs", "indicators", "triggers", "allegations" })
        {
            Assert.Equal(await SectionAsync(node, section), await SectionAsync(again, section));
        }
    }

    /// <summary>A section without the assurances: their draws follow from root hashes, and so from the log's key.</summary>
    private static async Task<string> SectionAsync(RunningNode node, string section) =>
        System.Text.RegularExpressions.Regex.Replace(await node.Http.GetStringAsync("api/world/" + section), "\"assurance\":\\{[^}]*\\}", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(10));
}
