using System.Net;
using System.Text.Json;
using Snappier;
using Standstill.Meter.Intake;
using Standstill.Meter.Tests.Store;

namespace Standstill.Meter.Tests.Intake;

/// <summary>A meter over HTTP, as a Prometheus sees it.</summary>
public sealed class MeterHostTests
{
    private static byte[] Body(params (string Name, long Time, double Value)[] samples)
    {
        var body = new WireBody();
        foreach (var (name, time, value) in samples)
        {
            body.Series(s =>
            {
                if (name.Length > 0)
                {
                    s.Label("__name__", name);
                }

                s.Label("hall", "a").Sample(time, value);
            });
        }

        return Snappy.CompressToArray(body.ToArray());
    }

    private static async Task WithMeterAsync(MeterSettings settings, TimeProvider clock, Func<HttpClient, Task> test)
    {
        using var stop = new CancellationTokenSource();
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = MeterHost.RunAsync(
            settings with { Listen = new Uri("http://127.0.0.1:0") },
            clock,
            line =>
            {
                if (line.StartsWith("the meter listens on ", StringComparison.Ordinal))
                {
                    address.TrySetResult(new Uri(line["the meter listens on ".Length..]));
                }
            },
            null,
            stop.Token);
        await Task.WhenAny(address.Task, running);
        using var http = new HttpClient { BaseAddress = await address.Task };
        await test(http);
        await stop.CancelAsync();
        await running;
    }

    private static async Task<(HttpStatusCode Status, string Text)> PostAsync(HttpClient http, byte[] body)
    {
        using var answer = await http.PostAsync("/api/v1/write", new ByteArrayContent(body));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Malformed_telemetry_is_answered_with_the_reason_counted_sampled_and_does_not_stop_the_meter()
    {
        using var rig = new Rig();
        await WithMeterAsync(rig.Settings, rig.Clock, async http =>
        {
            var good = Body(("up", Rig.Noon, 1));
            Assert.Equal((HttpStatusCode.BadRequest, true), await Refused([1, 2, 3]));
            Assert.Equal((HttpStatusCode.BadRequest, true), await Refused([]));
            Assert.Equal((HttpStatusCode.BadRequest, true), await Refused(Snappy.CompressToArray([0x0a, 0x05, 1])));
            Assert.Equal((HttpStatusCode.BadRequest, true), await Refused(Snappy.CompressToArray(new byte[RemoteWrite.MaximumMessage + 1])));
            Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(http, good)).Status);

            async Task<(HttpStatusCode, bool)> Refused(byte[] body)
            {
                var (status, text) = await PostAsync(http, body);
                return (status, text.Contains(RemoteWrite.Malformed.Remedy, StringComparison.Ordinal));
            }
        });

        Assert.Contains("remote-write/malformed", await File.ReadAllTextAsync(Path.Combine(rig.Data, "dead-letters", "letters.jsonl")));
    }

    [Fact]
    public async Task Of_a_body_that_is_bad_in_part_the_good_samples_are_kept_and_the_rest_is_named()
    {
        using var rig = new Rig();
        await WithMeterAsync(rig.Settings, rig.Clock, async http =>
        {
            var (status, text) = await PostAsync(http, Body(("up", Rig.Noon, 1), ("", Rig.Noon, 1), ("far", 5, 1)));

            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains("does not name a series", text);
            Assert.Contains("ahead of the meter's clock", text);
            Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(http, Body(("up", Rig.Noon, 1)))).Status);
            var health = JsonElement.Parse(await http.GetStringAsync("/health"));
            Assert.Equal(1, health.GetProperty("areas").GetProperty("hall-a").GetProperty("accepted").GetInt64());
            Assert.Equal(1, health.GetProperty("areas").GetProperty("hall-a").GetProperty("duplicates").GetInt64());
        });
    }

    [Fact]
    public async Task What_was_refused_is_sampled_on_disk_and_what_is_no_data_is_taken_and_sampled()
    {
        using var rig = new Rig();
        await WithMeterAsync(rig.Settings, rig.Clock, async http =>
        {
            Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(http, Body(("DCGM_FI_DEV_GPU_TEMP", Rig.Noon, 2147483634)))).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(http, Body(("DCGM_FI_DEV_GPU_TEMP", Rig.Noon - 1, 31.5)))).Status);
            var hall = JsonElement.Parse(await http.GetStringAsync("/health")).GetProperty("areas").GetProperty("hall-a");
            Assert.Equal((1, 1, 1), (hall.GetProperty("accepted").GetInt64(), hall.GetProperty("noValue").GetInt64(), hall.GetProperty("outOfOrder").GetInt64()));
        });

        var letters = (await File.ReadAllLinesAsync(Path.Combine(rig.Data, "dead-letters", "letters.jsonl"))).Select(l => JsonElement.Parse(l)).ToList();
        Assert.Equal(
            [("dcgm/not-supported", $"2147483634 at {Rig.Noon} ms"), ("intake/out-of-order", $"31.5 at {Rig.Noon - 1} ms")],
            letters.Select(l => (l.GetProperty("kind").GetString()!, l.GetProperty("input").GetString()!)));
    }

    [Fact]
    public async Task At_the_disk_limit_the_sender_is_told_to_come_again()
    {
        using var rig = new Rig();
        await WithMeterAsync(rig.Settings with { DiskLimitBytes = 10 }, rig.Clock, async http =>
        {
            var (status, text) = await PostAsync(http, Body(("up", Rig.Noon, 1)));

            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.Contains("raise `diskLimitBytes`", text);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/health")).StatusCode);
        });
    }
}
