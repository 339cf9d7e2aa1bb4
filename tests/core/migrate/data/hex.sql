/*M!999999\- enable the sandbox mode */ 
-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: dmarc
-- ------------------------------------------------------
-- Server version	10.11.19-MariaDB-0+deb12u1

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;

--
-- Table structure for table `report`
--

DROP TABLE IF EXISTS `report`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `report` (
  `serial` int(10) unsigned NOT NULL AUTO_INCREMENT,
  `mindate` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  `maxdate` timestamp NULL DEFAULT NULL,
  `domain` varchar(255) NOT NULL,
  `org` varchar(255) NOT NULL,
  `reportid` varchar(255) NOT NULL,
  `email` varchar(255) DEFAULT NULL,
  `extra_contact_info` varchar(255) DEFAULT NULL,
  `policy_adkim` varchar(20) DEFAULT NULL,
  `policy_aspf` varchar(20) DEFAULT NULL,
  `policy_p` varchar(20) DEFAULT NULL,
  `policy_sp` varchar(20) DEFAULT NULL,
  `policy_pct` tinyint(3) unsigned DEFAULT NULL,
  `raw_xml` mediumtext DEFAULT NULL,
  PRIMARY KEY (`serial`),
  UNIQUE KEY `domain` (`domain`,`org`,`reportid`)
) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci ROW_FORMAT=COMPRESSED;
/*!40101 SET character_set_client = @saved_cs_client */;

--
-- Dumping data for table `report`
--

LOCK TABLES `report` WRITE;
/*!40000 ALTER TABLE `report` DISABLE KEYS */;
INSERT INTO `report` (`serial`, `mindate`, `maxdate`, `domain`, `org`, `reportid`, `email`, `extra_contact_info`, `policy_adkim`, `policy_aspf`, `policy_p`, `policy_sp`, `policy_pct`, `raw_xml`) VALUES (1,'2026-01-01 00:00:00','2026-01-01 23:59:59','example.net','receiver.example','20260101.1','dmarc@receiver.example',NULL,'r','r','none','quarantine',100,'<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feedback>\n  <version>1.0</version>\n  <report_metadata>\n    <org_name>receiver.example</org_name>\n    <email>dmarc@receiver.example</email>\n    <report_id>20260101.1</report_id>\n    <date_range><begin>1767225600</begin><end>1767311999</end></date_range>\n  </report_metadata>\n  <policy_published><domain>example.net</domain><adkim>r</adkim><aspf>r</aspf><p>none</p><sp>quarantine</sp><pct>100</pct></policy_published>\n  <record>\n    <row>\n      <source_ip>192.0.2.10</source_ip>\n      <count>12</count>\n      <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>pass</spf></policy_evaluated>\n    </row>\n    <identifiers><envelope_from>bounce.example.net</envelope_from><header_from>example.net</header_from></identifiers>\n    <auth_results>\n      <dkim><domain>example.net</domain><selector>s1</selector><result>pass</result></dkim>\n      <spf><domain>example.net</domain><scope>mfrom</scope><result>pass</result></spf>\n    </auth_results>\n  </record>\n  <record>\n    <row>\n      <source_ip>2001:db8::7f:27:5c</source_ip>\n      <count>3</count>\n      <policy_evaluated><disposition>none</disposition><dkim>fail</dkim><spf>fail</spf><reason><type>mailing_list</type><comment>it\'s a list; arc=pass</comment></reason></policy_evaluated>\n    </row>\n    <identifiers><envelope_from>bounce.example.net</envelope_from><header_from>news.example.net</header_from></identifiers>\n    <auth_results>\n      <dkim><domain>example.org</domain><selector>x</selector><result>pass</result></dkim>\n      <spf><domain>lists.example.org</domain><scope>mfrom</scope><result>pass</result></spf>\n    </auth_results>\n  </record>\n</feedback>\n');
INSERT INTO `report` (`serial`, `mindate`, `maxdate`, `domain`, `org`, `reportid`, `email`, `extra_contact_info`, `policy_adkim`, `policy_aspf`, `policy_p`, `policy_sp`, `policy_pct`, `raw_xml`) VALUES (2,'2026-01-02 00:00:00','2026-01-02 23:59:59','example.net','Second O\'Receiver \\ Co','it\'s;<2>','dmarc@second.example','https://second.example/?a=1&b=\'2\'','r','r','none','quarantine',100,'H4sIAAAAAAACA21TTW/bMAy991cYOSSnWXGKrcnCKAMG7DpgH7cChiLRiVZb0iS5y/79KMup03SXhHwkH/lIGfbnri2e0QdtzW5WlctZgUZapc1xN/v548u79WzP76BBVAchn/hdUcCYzikb2MVJAY/O+lh3GIUSUSSMUOuPtREd8u8orVHF18U3lKipsHgsPltgLwk5HzuhW6464eWnMJSUeBadaxFYjo155+hFTfEoZKy1aSw/xejCR8Zel7G92FVzMreH3WK1IJa3lZlyFKAV13ERtvM2blfzY9wCmyI5k/Rh7YU5IocDHjVt4+HDw321Wi5pKRkBNCrDm/X9ZkN9yQd2VZqWxv6zNXC21fJv7fpDq8MJqUxZkm74KKk0GIkpYyDUk+64B5YNEME1g5v+wXFjDe3OcQiO/+4F9Y46IeSCk5FXaeZk0O9t43xXaf1Fubd/skV2sL2XWGvHq826fF+VxFSuEtsUueRK2xtqBSwbF3hsiM+i7WkxSakOzgYd06vy+AtlUnqFwSCyoYdA+KA3ycz+IJi94cyTs5fRQSukHTSaHi+HEwqFvm687V7v9zoA7Loms4g+nmqPoW9jmHaSRri5lrTddK0grUPeJVYaeHAgk/Bgm5iFjEBWNI5/2y5l5cMAmz7Qfxnh3rvTAwAA');
INSERT INTO `report` (`serial`, `mindate`, `maxdate`, `domain`, `org`, `reportid`, `email`, `extra_contact_info`, `policy_adkim`, `policy_aspf`, `policy_p`, `policy_sp`, `policy_pct`, `raw_xml`) VALUES (3,'2026-01-03 00:00:00','2026-01-03 23:59:59','mail.example.net','Third Receiver 日本','third-3','dmarc@third.example',NULL,'s','r','reject',NULL,NULL,'');
INSERT INTO `report` (`serial`, `mindate`, `maxdate`, `domain`, `org`, `reportid`, `email`, `extra_contact_info`, `policy_adkim`, `policy_aspf`, `policy_p`, `policy_sp`, `policy_pct`, `raw_xml`) VALUES (4,'2026-01-04 01:00:00','2026-01-07 02:00:00','example.net','host.receiver.example','<4.abc@host.receiver.example>','x@receiver.example',NULL,'r','r','none','quarantine',100,'');
/*!40000 ALTER TABLE `report` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `rptrecord`
--

DROP TABLE IF EXISTS `rptrecord`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `rptrecord` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
  `serial` int(10) unsigned NOT NULL,
  `ip` int(10) unsigned DEFAULT NULL,
  `ip6` binary(16) DEFAULT NULL,
  `rcount` int(10) unsigned NOT NULL,
  `disposition` enum('none','quarantine','reject','unknown') DEFAULT NULL,
  `reason` varchar(255) DEFAULT NULL,
  `dkimdomain` varchar(255) DEFAULT NULL,
  `dkimresult` enum('none','fail','pass','neutral','softfail','permerror','temperror','policy','unknown') DEFAULT NULL,
  `spfdomain` varchar(255) DEFAULT NULL,
  `spfresult` enum('none','fail','pass','neutral','softfail','permerror','temperror','policy','unknown') DEFAULT NULL,
  `spf_align` enum('fail','pass','unknown') NOT NULL,
  `dkim_align` enum('fail','pass','unknown') NOT NULL,
  `identifier_hfrom` varchar(255) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `serial` (`serial`,`ip`),
  KEY `serial6` (`serial`,`ip6`)
) ENGINE=InnoDB AUTO_INCREMENT=10 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
/*!40101 SET character_set_client = @saved_cs_client */;

--
-- Dumping data for table `rptrecord`
--

LOCK TABLES `rptrecord` WRITE;
/*!40000 ALTER TABLE `rptrecord` DISABLE KEYS */;
INSERT INTO `rptrecord` (`id`, `serial`, `ip`, `ip6`, `rcount`, `disposition`, `reason`, `dkimdomain`, `dkimresult`, `spfdomain`, `spfresult`, `spf_align`, `dkim_align`, `identifier_hfrom`) VALUES (1,1,3221225994,NULL,12,'none','','example.net','pass','example.net','pass','pass','pass','example.net');
INSERT INTO `rptrecord` (`id`, `serial`, `ip`, `ip6`, `rcount`, `disposition`, `reason`, `dkimdomain`, `dkimresult`, `spfdomain`, `spfresult`, `spf_align`, `dkim_align`, `identifier_hfrom`) VALUES (2,1,NULL,0x20010DB8000000000000007F0027005C,3,'none','mailing_list','example.org','pass','lists.example.org','pass','fail','fail','news.example.net');
INSERT INTO `rptrecord` (`id`, `serial`, `ip`, `ip6`, `rcount`, `disposition`, `reason`, `dkimdomain`, `dkimresult`, `spfdomain`, `spfresult`, `spf_align`, `dkim_align`, `identifier_hfrom`) VALUES (3,2,3325256904,NULL,1,'reject','','','unknown','example.com','softfail','fail','fail','example.net');
INSERT INTO `rptrecord` (`id`, `serial`, `ip`, `ip6`, `rcount`, `disposition`, `reason`, `dkimdomain`, `dkimresult`, `spfdomain`, `spfresult`, `spf_align`, `dkim_align`, `identifier_hfrom`) VALUES (4,3,3405804031,NULL,40,'none','','mail.example.net/mailer.example','pass','mailer.example','pass','fail','pass','mail.example.net');
INSERT INTO `rptrecord` (`id`, `serial`, `ip`, `ip6`, `rcount`, `disposition`, `reason`, `dkimdomain`, `dkimresult`, `spfdomain`, `spfresult`, `spf_align`, `dkim_align`, `identifier_hfrom`) VALUES (5,3,NULL,0x20010DB8000000000000000000000000,2,'quarantine','local_policy/forwarded','mailer.example','fail','','none','fail','fail','mail.example.net');
INSERT INTO `rptrecord` (`id`, `serial`, `ip`, `ip6`, `rcount`, `disposition`, `reason`, `dkimdomain`, `dkimresult`, `spfdomain`, `spfresult`, `spf_align`, `dkim_align`, `identifier_hfrom`) VALUES (6,3,1,NULL,7,'none','','a.example/b.example','pass','mailer.example','neutral','fail','fail','mail.example.net');
INSERT INTO `rptrecord` (`id`, `serial`, `ip`, `ip6`, `rcount`, `disposition`, `reason`, `dkimdomain`, `dkimresult`, `spfdomain`, `spfresult`, `spf_align`, `dkim_align`, `identifier_hfrom`) VALUES (7,4,3221225995,NULL,2,'none','','example.net','pass','example.net','pass','pass','pass','example.net');
INSERT INTO `rptrecord` (`id`, `serial`, `ip`, `ip6`, `rcount`, `disposition`, `reason`, `dkimdomain`, `dkimresult`, `spfdomain`, `spfresult`, `spf_align`, `dkim_align`, `identifier_hfrom`) VALUES (8,4,3221225996,NULL,9,'none','','example.net','pass','example.net','pass','pass','pass','example.net');
INSERT INTO `rptrecord` (`id`, `serial`, `ip`, `ip6`, `rcount`, `disposition`, `reason`, `dkimdomain`, `dkimresult`, `spfdomain`, `spfresult`, `spf_align`, `dkim_align`, `identifier_hfrom`) VALUES (9,4,3221225996,NULL,100,'none','','example.net','pass','example.net','pass','pass','pass','example.net');
/*!40000 ALTER TABLE `rptrecord` ENABLE KEYS */;
UNLOCK TABLES;
/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;

/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;

-- Dump completed on 2026-11-24  8:07:35
