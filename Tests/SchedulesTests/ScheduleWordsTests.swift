import Schedules
import Testing

@Suite struct ScheduleWordsTests {
    @Test(arguments: [
        ("@daily", "at 00:00 every day"), ("@hourly", "every hour"), ("@weekly", "at 00:00 on Sundays"),
        ("@monthly", "at 00:00 on the 1st of the month"), ("@yearly", "at 00:00 on 1 January every year"),
        ("* * * * *", "every minute"), ("*/15 * * * *", "every 15 minutes"),
        ("5/15 * * * *", "every 15 minutes from 00:05"),
        ("5 * * * *", "at 5 minutes past every hour"), ("1 * * * *", "at 1 minute past every hour"),
        ("0 */2 * * *", "every 2 hours"), ("0 */12 * * *", "at 00:00 and 12:00 every day"),
        ("5 1/2 * * *", "every 2 hours from 01:05"), ("0 6,14,22 * * *", "at 06:00, 14:00 and 22:00 every day"),
        ("*/7 * * * *", "every 7 minutes from minute 0 to 56 of every hour"),
        ("5,10,20 * * * *", "at minutes 5, 10 and 20 of every hour"),
        ("5,10,20 */2 * * *", "at minutes 5, 10 and 20 of every 2nd hour from 0 to 22, every day"),
        ("* 6 * * *", "every minute from 06:00 to 06:59, every day"),
        ("*/10 6,18 * * *", "every 10 minutes in hours 6 and 18, every day"),
        ("5 9,12-14,18,20,22 * * *", "at minute 5 of hours 9, 12 to 14, 18, 20 and 22, every day"),
        ("*/15 9-17 * * 1-5", "every 15 minutes from 09:00 to 17:45 on Monday to Friday"),
        ("0 9-17 * * *", "every hour from 09:00 to 17:00, every day"),
    ])
    func `the times of a day are told by their interval where they have one`(_ schedule: String, _ words: String) throws
    {
        #expect(try ScheduleExpression.parse(schedule).words == words)
    }

    @Test(arguments: [
        ("0 6 * * 1-5", "at 06:00 on Monday to Friday"), ("0 6 * * 0,6", "at 06:00 on Saturdays and Sundays"),
        ("0 6 * * FRI-MON", "at 06:00 on Friday to Monday"), ("0 6 * * SUN,MON", "at 06:00 on Sundays and Mondays"),
        ("0 6 * * 1,3,5", "at 06:00 on Mondays, Wednesdays and Fridays"),
        ("0 6 * * 2-6", "at 06:00 on Tuesday to Saturday"),
        ("0 6 * * SAT-THU", "at 06:00 on Saturday to Thursday"),
        ("0 6 * * */2", "at 06:00 on Tuesdays, Thursdays, Saturdays and Sundays"),
        ("0 6 1,15 * *", "at 06:00 on the 1st and 15th of the month"),
        ("0 6 2,3,11-13,21-23,31 * *", "at 06:00 on the 2nd, 3rd, 11th to 13th, 21st to 23rd and 31st of the month"),
        ("0 6 */2 * *", "at 06:00 on every 2nd day of the month from the 1st to the 31st"),
        ("0 6 25,26 12 *", "at 06:00 on 25 and 26 December every year"),
        ("0 6 1 */3 *", "at 06:00 on the 1st of January, April, July and October"),
        ("0 6 * 6-8 *", "at 06:00 every day in June to August"), ("*/15 * * 1 *", "every 15 minutes in January"),
        ("0 6 * 1,7 1-5", "at 06:00 on Monday to Friday in January and July"),
        ("0 6 1 * 1", "at 06:00 on the 1st of the month and on Mondays"),
        ("0 6 1,15 1 1-5", "at 06:00 on the 1st and 15th of January and on Monday to Friday in January"),
        ("0 6 1-31 * 1", "at 06:00 every day"),
    ])
    func `the days of Unix cron are told`(_ schedule: String, _ words: String) throws {
        #expect(try ScheduleExpression.parse(schedule).words == words)
    }

    @Test(arguments: [
        ("cron(0 6 ? * MON-FRI *)", "at 06:00 on Monday to Friday"), ("cron(0 6 * * ? *)", "at 06:00 every day"),
        ("cron(0 6 L * ? *)", "at 06:00 on the last day of the month"),
        ("cron(0 6 LW * ? *)", "at 06:00 on the last weekday of the month"),
        ("cron(0 6 15W 2,3 ? *)", "at 06:00 on the weekday nearest the 15th of February and March"),
        ("cron(0 6 ? * 6L *)", "at 06:00 on the last Friday of the month"),
        ("cron(0 6 ? * 6#3 *)", "at 06:00 on the third Friday of the month"),
        ("cron(0 6 ? JAN MON#1 2030)", "at 06:00 on the first Monday of January in 2030"),
        ("cron(0 6 ? * L *)", "at 06:00 on Saturdays"), ("cron(0 6 ? * * *)", "at 06:00 every day"),
        ("cron(0 6 31 1 ? 2030)", "at 06:00 on 31 January 2030"),
        ("cron(0 6 31 1 ? 2030,2031,2034)", "at 06:00 on 31 January 2030, 2031 and 2034"),
        ("cron(0 6 1 * ? 2030-2032)", "at 06:00 on the 1st of the month in 2030 to 2032"),
        ("cron(0 6 1 * ? 2030/2)", "at 06:00 on the 1st of the month, every 2 years from 2030 to 2198"),
        ("rate(15 minutes)", "every 15 minutes"), ("rate(1 hour)", "every hour"), ("every 1d", "every 24 hours"),
        ("every 7d", "every 7 days"), ("every 1m", "every minute"),
        ("at(2030-01-31T06:00:00)", "once, at 06:00 on 31 January 2030"),
        ("at(2030-01-31T06:00:05)", "once, at 06:00:05 on 31 January 2030"),
    ])
    func `AWS's own forms are told`(_ schedule: String, _ words: String) throws {
        #expect(try ScheduleExpression.parse(schedule).words == words)
    }
}
