using CommandCenter.Data.Incidents;
using CommandCenter.Data.Accounts;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Admin;
using CommandCenter.Web.Audit;
using CommandCenter.Web.Commands;
using CommandCenter.Web.Grids;
using CommandCenter.Web.Demo;
using CommandCenter.Web.Disputes;
using CommandCenter.Web.Edges;
using CommandCenter.Web.Forces;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Incidents;
using CommandCenter.Web.Live;
using CommandCenter.Web.Nodes;
using CommandCenter.Web.PoliceStatistics;
using CommandCenter.Web.Privacy;
using CommandCenter.Web.Shell;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Walls;

if (Verbs.Find(args) is { } verbs)
{
    return await verbs.RunAsync();
}

var builder = WebApplication.CreateBuilder(ServiceHosting.Options(args));
builder.AddHosting();
builder.AddEdges();
builder.AddAccess();
builder.Services.AddIncidents();
builder.Services.AddLeasedWork<ReminderWork>();
builder.Services.AddGrids();
builder.Services.AddForces();
builder.Services.AddStatistics();
builder.Services.AddDisputes();
builder.Services.AddLive();
builder.AddNodes();
builder.AddAudit();
builder.AddAccounts();
builder.AddPrivacy();
builder.Services.AddShell();
builder.Services.AddAdmin();
builder.AddWall();
builder.AddDemo();
if (builder.ReportsBadConfiguration())
{
    return 1;
}

var app = builder.Build();
app.UseKnownProxies();
app.UseHeadAsGet();
app.UseShell();
app.UseApiProblems();
app.UseEdges();
app.UseAccess();
app.UseAntiforgery();
app.MapHealth();
app.MapAccounts();
app.MapOpenApi().Requires(Permission.Enter);
app.MapGrids();
app.MapIncidents();
app.MapForces();
app.MapStatistics();
app.MapDisputes();
app.MapPrivacy();
app.MapAudit();
app.MapLive();
app.MapDemo();
app.MapWalls();
app.MapShell();
return await app.StartAndRunAsync();
